#include "experiments/metrics/outside.h"

#include <algorithm>
#include <vector>

namespace noema::experiments {
namespace {

class Outside final : public Fold {
 public:
  void add(const Scored& scored) override {
    const auto* said = std::get_if<reasoning::Label>(&scored.outcome);
    if (said == nullptr || !scored.asked || !scored.asked->is_last()) return;
    (scored.asked->outside ? outside_ : inside_).push_back(said->confidence);
  }
  std::optional<double> value() const override {
    if (inside_.empty() || outside_.empty()) return std::nullopt;
    std::vector<double> sorted = outside_;
    std::sort(sorted.begin(), sorted.end());
    double won = 0;
    for (const double confidence : inside_) {
      const auto [first, last] = std::equal_range(sorted.begin(), sorted.end(), confidence);
      won += static_cast<double>(first - sorted.begin()) + static_cast<double>(last - first) / 2;
    }
    return won / static_cast<double>(inside_.size()) / static_cast<double>(outside_.size());
  }

 private:
  std::vector<double> inside_, outside_;
};

}  // namespace

MetricKind outside_metric() {
  return {
      "outside_auroc",
      "AUROC outside",
      "",
      "probability that an item of a known class gets more confidence than one of none, equal confidence counting half "
      "(the area under the ROC curve; Hendrycks & Gimpel 2017), after the last task",
      3,
      false,
      false,
      []() -> std::unique_ptr<Fold> { return std::make_unique<Outside>(); }};
}

}  // namespace noema::experiments
