#include "app/actions/review.h"

#include <algorithm>
#include <array>
#include <set>

#include "app/actions/json_fields.h"
#include "base/error.h"

namespace noema::app {
namespace {

using NamedVerdict = std::pair<std::string_view, Verdict>;
constexpr std::array kVerdicts{NamedVerdict{"keep", Verdict::kKeep}, NamedVerdict{"undo", Verdict::kUndo},
                               NamedVerdict{"skip", Verdict::kSkip}, NamedVerdict{"quit", Verdict::kQuit}};

Judged carry_out(const ListedConcept& one, Verdict verdict, const Reviewed& life) {
  Judged judged{one, verdict, 0, std::nullopt};
  try {
    if (verdict == Verdict::kKeep) judged.thought = life.keep(one);
    if (verdict == Verdict::kUndo) {
      life.undo(one.thought);
      judged.thought = one.thought;
    }
  } catch (const base::Error& error) {
    judged.refused = error.what();
  }
  return judged;
}

}  // namespace

std::string_view name_of(Verdict verdict) {
  return std::find_if(kVerdicts.begin(), kVerdicts.end(),
                      [&](const NamedVerdict& one) { return one.second == verdict; })
      ->first;
}

std::optional<Verdict> verdict_of(std::string_view answer) {
  const auto first = answer.find_first_not_of(" \t\r"), last = answer.find_last_not_of(" \t\r");
  if (first == std::string_view::npos) return std::nullopt;
  std::string name(answer.substr(first, last - first + 1));
  std::transform(name.begin(), name.end(), name.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  for (const auto& [known, verdict] : kVerdicts)
    if (known.starts_with(name)) return verdict;
  return std::nullopt;
}

void review(const std::vector<ListedConcept>& concepts, const Reviewed& life,
            const std::function<Verdict(const ListedConcept&)>& ask, const std::function<void(const Judged&)>& tell) {
  std::set<memory::ThoughtId> undone;
  for (const ListedConcept& one : concepts) {
    if (undone.contains(one.thought)) continue;
    const Verdict verdict = ask(one);
    if (verdict == Verdict::kQuit) return;
    const Judged judged = carry_out(one, verdict, life);
    if (verdict == Verdict::kUndo && !judged.refused) undone.insert(one.thought);
    tell(judged);
  }
}

nlohmann::ordered_json to_json(const Judged& value) {
  return {{"id", value.itself.itself.id},
          {"label", value.itself.itself.label},
          {"answer", std::string(name_of(value.verdict))},
          {"thought", value.thought != 0 ? nlohmann::ordered_json(value.thought) : nlohmann::ordered_json(nullptr)},
          {"refused", json_or_null(value.refused)}};
}

}  // namespace noema::app
