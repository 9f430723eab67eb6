#include "reasoning/experts/fading_counts.h"

#include <algorithm>
#include <cmath>

namespace noema::reasoning {

double FadingCounts::share(std::uint32_t unit) const {
  const auto found = counts_.find(unit);
  return found == counts_.end() || total_ <= 0 ? 0 : found->second / total_;
}

void FadingCounts::add(std::uint32_t unit) {
  scale_ *= std::exp2(1 / half_life_);
  counts_[unit] += scale_;
  total_ += scale_;
  if (scale_ >= 1e100) rescale();
}

/// Brings the scale back to 1 and forgets counts that have faded away.
void FadingCounts::rescale() {
  for (auto count = counts_.begin(); count != counts_.end();) {
    count->second /= scale_;
    if (count->second < 1e-6) {
      count = counts_.erase(count);
    } else {
      ++count;
    }
  }
  std::vector<double> kept;
  for (const auto& [unit, count] : counts_) kept.push_back(count);
  std::sort(kept.begin(), kept.end());  // one order of summation, whatever the map's
  total_ = 0;
  for (const double count : kept) total_ += count;
  scale_ = 1;
}

namespace {

class FadingCountsExpert final : public Expert {
 public:
  void predict(const Moment& moment, std::span<Opinion> opinions, std::span<double>) override {
    if (short_.empty()) return;
    opinions[0] = {short_.share(moment.unit.surface_id), 0, false};
    opinions[1] = {long_.share(moment.unit.surface_id), 0, false};
  }
  void store(const UnitReading& unit) override {
    short_.add(unit.surface_id);
    long_.add(unit.surface_id);
  }
  void forget_states() override { *this = FadingCountsExpert(); }
  std::uint64_t bytes() const override { return short_.bytes() + long_.bytes(); }

 private:
  FadingCounts short_{250};
  FadingCounts long_{2500};
};

}  // namespace

ExpertKind fading_counts_expert() {
  return {"how often units were read lately, fading by half every 250 and every 2500 units",
          {"recent units", "lasting units"},
          {},
          false,
          [](const ExpertSettings&) -> std::unique_ptr<Expert> { return std::make_unique<FadingCountsExpert>(); }};
}

}  // namespace noema::reasoning
