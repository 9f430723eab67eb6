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

}  // namespace

std::vector<LexicalHit> Life::search(const std::vector<std::string>& terms, std::size_t k,
                                     const std::optional<std::string>& group) const {
  std::vector<LexicalHit> hits;
  const std::string any = match_any(terms);
  if (any.empty() || k == 0) return hits;
  std::string match = "{terms} : (" + any + ")";
  if (group && !group->empty()) match += " AND {group_token} : \"" + group_token(*group) + "\"";
  // bm25() is smaller for better rows; a row without any term (all terms were marks) has 0.
  auto query = impl_->database->use(
      "SELECT rowid, -bm25(episode_terms, 1.0, 0.0) AS score FROM episode_terms WHERE episode_terms MATCH ? AND score "
      "> 0 "
      "ORDER BY score DESC, rowid LIMIT ?");
  query->bind_all(match, static_cast<std::int64_t>(k));
  while (query->step()) hits.push_back({query->integer(0), query->real(1)});
  return hits;
}

}  // namespace noema::memory
