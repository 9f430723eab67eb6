#include "experiments/metrics/calibration.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace noema::experiments {
namespace {

class Calibration final : public Fold {
 public:
  void add(const Scored& scored) override {
    const auto* said = std::get_if<reasoning::Label>(&scored.outcome);
    if (said == nullptr || !said->label || !scored.asked || !scored.asked->is_last() || scored.asked->outside) return;
    const double place = std::ceil(said->confidence * kBins) - 1;  // bins are open below
    Bin& bin = bins_[static_cast<std::size_t>(std::clamp(place, 0.0, kBins - 1.0))];
    bin.confidence += said->confidence;
    bin.right += said->label == label_of(scored.experience);
    ++bin.all;
    ++all_;
  }
  std::optional<double> value() const override {
    if (all_ == 0) return std::nullopt;
    double sum = 0;
    for (const Bin& bin : bins_) sum += std::abs(static_cast<double>(bin.right) - bin.confidence);
    return sum / static_cast<double>(all_);
  }

 private:
  static constexpr int kBins = 15;
  struct Bin {
    std::uint64_t right = 0, all = 0;
    double confidence = 0;
  };
  std::array<Bin, kBins> bins_{};
  std::uint64_t all_ = 0;
};

}  // namespace

MetricKind calibration_metric() {
  return {
      "calibration_error",
      "ECE",
      "",
      "expected calibration error: sum over 15 bins of confidence, each of equal width, of (items in the bin / items) "
      "x "
      "|share that is right - mean confidence|, of the items that got a label after the last task (Guo et al. 2017)",
      3,
      false,
      false,
      []() -> std::unique_ptr<Fold> { return std::make_unique<Calibration>(); }};
}

}  // namespace noema::experiments
