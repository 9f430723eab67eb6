#include "reasoning/taught.h"

#include <vector>

#include "base/text.h"
#include "memory/search_terms.h"

namespace noema::reasoning {
namespace {

std::vector<std::string> identities_of(const std::string& text, base::IdentityRule rule = base::kPresentRule) {
  base::Segmenter segmenter;
  return base::identities_in(segmenter, text, rule);
}

/// Format 1 stored questions that were asked under the same kind, without a source.
bool is_taught(const memory::EpisodeRow& row) { return row.kind == kTaught && (row.answer || !row.source.empty()); }

}  // namespace

std::optional<memory::EpisodeRow> taught_answer(const memory::Life& life, const std::string& question) {
  constexpr std::size_t kMost = 1024;  // inputs that hold the question's words in this order
  const std::vector<std::string> identities = identities_of(question);
  std::optional<memory::EpisodeRow> latest;
  const std::vector<std::string> of_any_rule{
      memory::search_terms(identities), memory::search_terms(identities_of(question, base::IdentityRule::kCaseFolded))};
  for (const memory::LexicalHit& hit : life.episodes().search(of_any_rule, kMost)) {
    if (latest && hit.episode < latest->id) continue;
    auto row = life.episodes().find(hit.episode);
    if (row && is_taught(*row) && identities_of(row->text) == identities) latest = std::move(row);
  }
  return latest;
}

}  // namespace noema::reasoning
