#include "reasoning/fast_store.h"

#include <algorithm>
#include <cmath>

#include "transformer/kernels.h"

namespace noema::reasoning {

FastStore::FastStore(std::size_t width, const FastStoreOptions& options)
    : options_(options),
      width_(width),
      short_counts_{options.short_half_life, 1, 0, {}},
      long_counts_{options.long_half_life, 1, 0, {}} {}

double FastStore::FadingCounts::share(std::uint32_t id) const {
  const auto found = counts.find(id);
  return found == counts.end() || total <= 0 ? 0 : found->second / total;
}

void FastStore::FadingCounts::add(std::uint32_t id) {
  scale *= std::exp2(1 / half_life);
  counts[id] += scale;
  total += scale;
  if (scale < 1e100) return;
  // Bring the scale back to 1 and forget what has faded away.
  total = 0;
  for (auto count = counts.begin(); count != counts.end();) {
    count->second /= scale;
    if (count->second < 1e-6) {
      count = counts.erase(count);
    } else {
      ++count;
    }
  }
  std::vector<double> kept;
  for (const auto& [unit, count] : counts) kept.push_back(count);
  std::sort(kept.begin(), kept.end());  // a sum in one order, whatever the map's
  for (const double count : kept) total += count;
  scale = 1;
}

void FastStore::predict(const UnitReading& unit, double* shares) {
  const std::size_t held = answers_.size();
  double sharp_all = 0, sharp_own = 0, soft_all = 0, soft_own = 0;
  for (std::size_t i = 0; i < held; ++i) {
    const double cosine = transformer::dot(states_.data() + i * width_, unit.hidden.data(), width_);
    const double soft = std::exp(options_.soft * (cosine - 1));
    const double sharp = soft * soft * soft;
    sharp_all += sharp;
    soft_all += soft;
    if (answers_[i] == unit.surface_id) {
      sharp_own += sharp;
      soft_own += soft;
    }
  }
  shares[0] = sharp_all > 0 ? sharp_own / sharp_all : 0;
  shares[1] = soft_all > 0 ? soft_own / soft_all : 0;
  shares[2] = short_counts_.share(unit.surface_id);
  shares[3] = long_counts_.share(unit.surface_id);
}

void FastStore::store(const UnitReading& unit) {
  if (answers_.size() < options_.entries) {
    states_.insert(states_.end(), unit.hidden.begin(), unit.hidden.end());
    answers_.push_back(unit.surface_id);
  } else {
    const std::size_t slot = stored_ % options_.entries;
    std::copy(unit.hidden.begin(), unit.hidden.end(), states_.begin() + static_cast<std::ptrdiff_t>(slot * width_));
    answers_[slot] = unit.surface_id;
  }
  ++stored_;
  short_counts_.add(unit.surface_id);
  long_counts_.add(unit.surface_id);
}

std::uint64_t FastStore::bytes() const {
  return states_.size() * 4 + answers_.size() * 4 + (short_counts_.counts.size() + long_counts_.counts.size()) * 32;
}

}  // namespace noema::reasoning
