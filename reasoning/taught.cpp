#include "reasoning/taught.h"

#include <functional>
#include <vector>

#include "base/text.h"
#include "memory/search_terms.h"
#include "reasoning/withdrawn.h"

namespace noema::reasoning {
namespace {

std::vector<std::string> identities_of(const std::string& text, base::IdentityRule rule = base::kPresentRule) {
  base::Segmenter segmenter;
  return base::identities_in(segmenter, text, rule);
}

/// Format 1 stored questions that were asked under the same kind, without a source.
bool is_taught(const memory::EpisodeRow& row) { return row.kind == kTaught && (row.answer || !row.source.empty()); }

/// The latest input of the same units as this question that `is_wanted` and that nobody took back.
std::optional<memory::EpisodeRow> latest_of(const memory::Life& life, const std::string& question,
                                            const std::function<bool(const memory::EpisodeRow&)>& is_wanted) {
  constexpr std::size_t kMost = 1024;  // inputs that hold the question's words in this order
  const std::vector<std::string> identities = identities_of(question);
  const auto withdrawn = withdrawn_inputs(life);
  std::optional<memory::EpisodeRow> latest;
  const std::vector<std::string> of_any_rule{
      memory::search_terms(identities), memory::search_terms(identities_of(question, base::IdentityRule::kCaseFolded))};
  for (const memory::LexicalHit& hit : life.episodes().search(of_any_rule, kMost)) {
    if ((latest && hit.episode < latest->id) || withdrawn.contains(hit.episode)) continue;
    auto row = life.episodes().find(hit.episode);
    if (row && is_wanted(*row) && identities_of(row->text) == identities) latest = std::move(row);
  }
  return latest;
}

}  // namespace

std::optional<memory::EpisodeRow> taught_answer(const memory::Life& life, const std::string& question,
                                                const RecallFilter& among) {
  return latest_of(life, question, [&](const memory::EpisodeRow& row) {
    return is_taught(row) && (!among.group || row.group.empty() || row.group == *among.group);
  });
}

bool is_refused(const memory::Life& life, const std::string& question, const std::string& answer) {
  const auto said = latest_of(life, question, [&](const memory::EpisodeRow& row) {
    return (is_taught(row) || row.kind == kRefused) && row.answer == answer;
  });
  return said && said->kind == kRefused;
}

}  // namespace noema::reasoning
