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
  if (most_units_ > 0 && counts_.size() > most_units_) drop_half();
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
  scale_ = 1;
  sum_up();
}

void FadingCounts::sum_up() {
  std::vector<double> kept;
  for (const auto& [unit, count] : counts_) kept.push_back(count);
  std::sort(kept.begin(), kept.end());  // one order of summation, whatever the map's
  total_ = 0;
  for (const double count : kept) total_ += count;
}

void FadingCounts::drop_half() {
  std::vector<std::pair<double, std::uint32_t>> by_count;
  for (const auto& [unit, count] : counts_) by_count.emplace_back(count, unit);
  const auto middle = by_count.begin() + static_cast<std::ptrdiff_t>(by_count.size() / 2);
  std::nth_element(by_count.begin(), middle, by_count.end());
  for (auto one = by_count.begin(); one != middle; ++one) counts_.erase(one->second);
  sum_up();
}

namespace {

class FadingCountsExpert final : public Expert {
 public:
  explicit FadingCountsExpert(std::uint64_t max_bytes)
      : max_bytes_(max_bytes), short_(250, most_units()), long_(2500, most_units()) {}
  void predict(const Moment& moment, std::span<Opinion> opinions, std::span<double>) override {
    if (short_.empty()) return;
    opinions[0] = {short_.share(moment.unit.surface_id), 0, false};
    opinions[1] = {long_.share(moment.unit.surface_id), 0, false};
  }
  void store(const UnitReading& unit) override {
    short_.add(unit.surface_id);
    long_.add(unit.surface_id);
  }
  void forget_states() override { *this = FadingCountsExpert(max_bytes_); }
  std::uint64_t bytes() const override { return short_.bytes() + long_.bytes(); }

 private:
  std::size_t most_units() const {
    return max_bytes_ == 0
               ? 0
               : std::max<std::size_t>(2, most_bytes_of_fading_counts(max_bytes_) / 2 / FadingCounts::kBytesEach);
  }

  std::uint64_t max_bytes_;
  FadingCounts short_, long_;
};

}  // namespace

std::uint64_t most_bytes_of_fading_counts(std::uint64_t max_bytes) {
  constexpr std::uint64_t kShare = 16;
  return max_bytes / kShare;
}

ExpertKind fading_counts_expert() {
  return {"how often units were read lately, fading by half every 250 and every 2500 units",
          {"recent units", "lasting units"},
          {},
          false,
          [](const ExpertSettings& settings) -> std::unique_ptr<Expert> {
            return std::make_unique<FadingCountsExpert>(settings.max_bytes);
          }};
}

}  // namespace noema::reasoning
