#include "reasoning/fast_store.h"

#include <algorithm>
#include <cmath>

#include "transformer/kernels.h"

// One binary for every x86-64, as in transformer/kernels.cpp. Sums of integers are the same on each.
#if defined(__x86_64__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define NOEMA_CLONES __attribute__((target_clones("default", "avx2")))
#else
#define NOEMA_CLONES
#endif

namespace noema::reasoning {
namespace {

NOEMA_CLONES std::int32_t dot(const std::int8_t* a, const std::int8_t* b, std::size_t n) {
  std::int32_t sum = 0;
  for (std::size_t i = 0; i < n; ++i) sum += std::int32_t{a[i]} * std::int32_t{b[i]};
  return sum;
}

/// Writes the state in 127 steps to either side; returns the size of a step.
float quantise(const std::vector<float>& state, std::int8_t* steps) {
  float largest = 1e-20F;
  for (const float x : state) largest = std::max(largest, std::abs(x));
  const float step = largest / 127;
  for (std::size_t d = 0; d < state.size(); ++d) steps[d] = static_cast<std::int8_t>(std::lrint(state[d] / step));
  return step;
}

}  // namespace

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

FastStore::Prediction FastStore::predict(const UnitReading& unit) {
  Prediction prediction;
  prediction.shares[3] = short_counts_.share(unit.surface_id);
  prediction.shares[4] = long_counts_.share(unit.surface_id);
  const std::size_t held = answers_.size();
  if (held == 0) return prediction;

  std::vector<std::int8_t> asked(width_);
  const float step = quantise(unit.hidden, asked.data());
  weights_.resize(held);
  for (std::size_t i = 0; i < held; ++i)
    weights_[i] = step * steps_[i] * static_cast<float>(dot(states_.data() + i * width_, asked.data(), width_));
  const double log_sum = double{transformer::softmax(weights_.data(), held, static_cast<float>(options_.soft))};

  // Shares at the soft temperature; their squares and fourth powers are weights at two and four times it.
  double medium_all = 0, sharp_all = 0, medium_squares = 0, sharp_squares = 0;
  double favourite = 0, soft_own = 0, medium_own = 0, sharp_own = 0;
  for (std::size_t i = 0; i < held; ++i) {
    const double soft = double{weights_[i]};
    const double medium = soft * soft;
    const double sharp = medium * medium;
    medium_all += medium;
    sharp_all += sharp;
    medium_squares += sharp;
    sharp_squares += sharp * sharp;
    favourite = std::max(favourite, answer_weight_[answers_[i]] += medium);
    if (answers_[i] != unit.surface_id) continue;
    soft_own += soft;
    medium_own += medium;
    sharp_own += sharp;
  }
  prediction.shares[0] = sharp_own / sharp_all;
  prediction.shares[1] = medium_own / medium_all;
  prediction.shares[2] = std::min(soft_own, 1.0);
  prediction.mass = std::log(sharp_all) + 4 * (log_sum - options_.soft);
  prediction.focus = sharp_squares / (sharp_all * sharp_all);
  prediction.soft_focus = medium_squares / (medium_all * medium_all);
  prediction.favourite = favourite / medium_all;
  for (const std::uint32_t answer : answers_) answer_weight_[answer] = 0;
  return prediction;
}

void FastStore::store(const UnitReading& unit) {
  const std::size_t slot = stored_ % options_.entries;
  if (answers_.size() < options_.entries) {
    states_.resize(states_.size() + width_);
    steps_.push_back(0);
    answers_.push_back(0);
  }
  steps_[slot] = quantise(unit.hidden, states_.data() + slot * width_);
  answers_[slot] = unit.surface_id;
  if (unit.surface_id >= answer_weight_.size()) answer_weight_.resize(unit.surface_id + 1);
  ++stored_;
  short_counts_.add(unit.surface_id);
  long_counts_.add(unit.surface_id);
}

std::uint64_t FastStore::bytes() const {
  return states_.size() + steps_.size() * 4 + answers_.size() * 4 + weights_.size() * 4 + answer_weight_.size() * 8 +
         (short_counts_.counts.size() + long_counts_.counts.size()) * 32;
}

}  // namespace noema::reasoning
