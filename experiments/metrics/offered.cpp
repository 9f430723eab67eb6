#include "experiments/metrics/offered.h"

namespace noema::experiments {
namespace {

class Offered final : public Fold {
 public:
  void add(const Scored& scored) override {
    const auto* said = std::get_if<reasoning::Label>(&scored.outcome);
    if (said == nullptr || !scored.asked || !scored.asked->is_last() || scored.asked->outside) return;
    const std::string& label = label_of(scored.experience);
    ++all_;
    among_ += said->label == label || said->runner_up == label;
  }
  std::optional<double> value() const override {
    if (all_ == 0) return std::nullopt;
    return static_cast<double>(among_) / static_cast<double>(all_);
  }

 private:
  std::uint64_t among_ = 0, all_ = 0;
};

}  // namespace

MetricKind offered_metric() {
  return {"among_two", "among two",
          "",          "share of the items whose label is the one given or its runner-up, after the last task",
          3,           true,
          false,       []() -> std::unique_ptr<Fold> { return std::make_unique<Offered>(); }};
}

}  // namespace noema::experiments
