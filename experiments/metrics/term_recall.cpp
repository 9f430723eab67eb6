#include "experiments/metrics/term_recall.h"

#include <algorithm>

namespace noema::experiments {
namespace {

template <bool later>
class TermRecall final : public Fold {
 public:
  void add(const Scored& scored) override {
    const auto* said = std::get_if<reasoning::Translated>(&scored.outcome);
    if (said == nullptr || scored.terms.empty()) return;
    const auto pairs = letter_pairs(said->text);
    for (const Term& term : scored.terms) {
      if (term.came_before != later) continue;
      ++all_;
      found_ += std::find(pairs.begin(), pairs.end(), term.letters) != pairs.end() ? 1 : 0;
    }
  }
  std::optional<double> value() const override {
    if (all_ == 0) return std::nullopt;
    return static_cast<double>(found_) / static_cast<double>(all_);
  }

 private:
  std::uint64_t found_ = 0, all_ = 0;
};

template <bool later>
MetricKind kind_of(const char* name, const char* label, const char* which) {
  return {name,
          label,
          "",
          std::string("share of the terms of the references that the translations have, each term once a pair; a term: "
                      "two letters side by side that at most two of the targets in the training data have; ") +
              which,
          1,
          true,
          false,
          []() -> std::unique_ptr<Fold> { return std::make_unique<TermRecall<later>>(); }};
}

}  // namespace

MetricKind new_terms_metric() {
  return kind_of<false>("new_terms", "terms, first time", "only those that no target told before has");
}

MetricKind later_terms_metric() {
  return kind_of<true>("later_terms", "terms, later times", "only those that a target told before has");
}

}  // namespace noema::experiments
