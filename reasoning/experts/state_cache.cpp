#include "reasoning/experts/state_cache.h"

#include <algorithm>
#include <cmath>

#include "base/clones.h"
#include "transformer/kernels.h"

namespace noema::reasoning {
namespace {

/// Sums of integers are the same in every version.
NOEMA_CLONES std::int32_t dot(const std::int8_t* a, const std::int8_t* b, std::size_t n) {
  std::int32_t sum = 0;
  for (std::size_t i = 0; i < n; ++i) sum += std::int32_t{a[i]} * std::int32_t{b[i]};
  return sum;
}

/// Quantises the state to -127 ... 127; returns the size of a step.
float quantise(const std::vector<float>& state, std::int8_t* steps) {
  float largest = 1e-20F;
  for (const float x : state) largest = std::max(largest, std::abs(x));
  const float step = largest / 127;
  for (std::size_t d = 0; d < state.size(); ++d) steps[d] = static_cast<std::int8_t>(std::lrint(state[d] / step));
  return step;
}

}  // namespace

StateCacheOptions StateCacheOptions::within(std::uint64_t max_bytes, std::size_t width) const {
  constexpr std::uint64_t kShare = 4;
  StateCacheOptions options = *this;
  if (max_bytes > 0)
    options.entries = std::clamp<std::size_t>(max_bytes / kShare / StateCache::bytes_each(width), 1, entries);
  return options;
}

StateCache::StateCache(std::size_t width, const StateCacheOptions& options) : options_(options), width_(width) {}

StateCache::Prediction StateCache::predict(const UnitReading& unit) {
  Prediction prediction;
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
    favourite = std::max(favourite, answer_weights_[answer_index_[i]] += medium);
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
  std::fill(answer_weights_.begin(), answer_weights_.end(), 0.0);
  return prediction;
}

void StateCache::store(const UnitReading& unit) {
  const std::size_t slot = stored_ % options_.entries;
  if (answers_.size() < options_.entries) {
    states_.resize(states_.size() + width_);
    steps_.push_back(0);
    answers_.push_back(0);
    answer_index_.push_back(kNoIndex);
  }
  steps_[slot] = quantise(unit.hidden, states_.data() + slot * width_);
  put_answer(slot, unit.surface_id);
  ++stored_;
}

/// Gives the unit the index that its other states have, or a free one.
void StateCache::put_answer(std::size_t slot, std::uint32_t unit) {
  if (answer_index_[slot] != kNoIndex) {
    const auto before = index_of_.find(answers_[slot]);
    if (--before->second.states == 0) {
      free_.push_back(before->second.index);
      index_of_.erase(before);
    }
  }
  const auto [entry, fresh] = index_of_.try_emplace(unit);
  if (fresh) {
    if (free_.empty()) {
      free_.push_back(static_cast<std::uint32_t>(answer_weights_.size()));
      answer_weights_.push_back(0);
    }
    entry->second.index = free_.back();
    free_.pop_back();
  }
  ++entry->second.states;
  answers_[slot] = unit;
  answer_index_[slot] = entry->second.index;
}

std::uint64_t StateCache::bytes() const {
  return states_.size() + steps_.size() * 4 + answers_.size() * 8 + weights_.size() * 4 + answer_weights_.size() * 8 +
         index_of_.size() * 32;
}

namespace {

class StateCacheExpert final : public Expert {
 public:
  explicit StateCacheExpert(const ExpertSettings& settings)
      : width_(settings.width),
        options_(StateCacheOptions().within(settings.max_bytes, settings.width)),
        cache_(width_, options_) {}

  void predict(const Moment& moment, std::span<Opinion> opinions, std::span<double> features) override {
    if (cache_.empty()) return;
    const StateCache::Prediction prediction = cache_.predict(moment.unit);
    for (std::size_t v = 0; v < StateCache::kVoices; ++v) opinions[v] = {prediction.shares[v], 0, false};
    features[0] = std::max(prediction.mass + 3, -20.0) / 3;
    features[1] = (std::log(prediction.focus + 1e-4) + 3) / 2;
    features[2] = (std::log(prediction.soft_focus + 1e-4) + 4) / 2;
    features[3] = 2 * prediction.favourite - 1;
  }
  void store(const UnitReading& unit) override { cache_.store(unit); }
  void forget_states() override { cache_ = StateCache(width_, options_); }
  std::uint64_t bytes() const override { return cache_.bytes(); }

 private:
  std::size_t width_;
  StateCacheOptions options_;
  StateCache cache_;
};

}  // namespace

ExpertKind state_cache_expert() {
  return {"what followed up to 4000 of the last hidden states that are like the present one, at three temperatures",
          {"cache sharp", "cache medium", "cache soft"},
          {"mass", "focus", "soft focus", "favourite"},
          false,
          [](const ExpertSettings& settings) -> std::unique_ptr<Expert> {
            return std::make_unique<StateCacheExpert>(settings);
          }};
}

}  // namespace noema::reasoning
