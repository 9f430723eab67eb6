// Lexical recall: FTS5 over the episodes' units.

#include <unordered_set>

#include "memory/life_impl.h"

namespace noema::memory {
namespace {

// An FTS5 string: in double quotes, a quote doubled. A NUL would end the query early.
std::string fts_string(std::string_view term) {
  std::string result = "\"";
  for (const char c : term) {
    if (c == '"') result += '"';
    result += c == '\0' ? ' ' : c;
  }
  return result + "\"";
}

std::string match_any(const std::vector<std::string>& terms) {
  std::unordered_set<std::string_view> seen;
  std::string any;
  for (const std::string& term : terms) {
    if (!seen.insert(term).second) continue;
    if (!any.empty()) any += " OR ";
    any += fts_string(term);
  }
  return any;
}

// bm25() is smaller for better rows; a row without any term (all terms were marks) has 0.
std::vector<LexicalHit> search_episodes(Database& database, const std::string& match, std::size_t most) {
  auto query = database.use(
      "SELECT rowid, -bm25(episode_terms, 1.0, 0.0) AS score FROM episode_terms WHERE episode_terms MATCH ? AND score "
      "> 0 ORDER BY score DESC, rowid LIMIT ?");
  query->bind_all(match, static_cast<std::int64_t>(most));
  std::vector<LexicalHit> hits;
  while (query->step()) hits.push_back({query->integer(0), query->real(1)});
  return hits;
}

// Puts the first episode of each input in the place of its best piece, and drops the other pieces.
void keep_inputs(Database& database, std::vector<LexicalHit>& hits) {
  if (!database.use("SELECT 1 FROM episodes WHERE begins_at IS NOT NULL LIMIT 1")->step()) return;
  std::unordered_set<EpisodeId> seen;
  std::erase_if(hits, [&](LexicalHit& hit) {
    auto first = database.use("SELECT begins_at FROM episodes WHERE id = ? AND begins_at IS NOT NULL");
    if (first->bind_all(hit.episode).step()) hit.episode = first->integer(0);
    return !seen.insert(hit.episode).second;
  });
}

}  // namespace

std::vector<LexicalHit> EpisodeLog::search(const std::vector<std::string>& terms, std::size_t k,
                                           const std::optional<std::string>& group) const {
  std::vector<LexicalHit> hits;
  const std::string any = match_any(terms);
  if (any.empty() || k == 0) return hits;
  std::string match = "{terms} : (" + any + ")";
  if (group && !group->empty()) match += " AND {group_token} : \"" + group_token(*group) + "\"";
  // Several pieces of one input may hold the terms: the best counts, so more are asked for until there are enough.
  for (std::size_t most = k;; most *= 4) {
    hits = search_episodes(*life_->database, match, most);
    const bool all = hits.size() < most;
    keep_inputs(*life_->database, hits);
    if (!all && hits.size() < k) continue;
    if (hits.size() > k) hits.resize(k);
    return hits;
  }
}

}  // namespace noema::memory
