#pragma once
// The last hidden states with the units that followed them: what a continuous cache looks back on.

#include <algorithm>
#include <cstdint>
#include <vector>

#include "reasoning/experts/expert.h"
#include "reasoning/reading.h"
#include "transformer/kernels.h"

namespace noema::reasoning {

/// A ring of the last `capacity` states, the most recent last.
class History {
 public:
  History(std::size_t width, std::size_t capacity) : width_(width), capacity_(capacity) {}

  void store(const UnitReading& unit) {
    if (answers_.size() < capacity_) {
      states_.insert(states_.end(), unit.hidden.begin(), unit.hidden.end());
      answers_.push_back(unit.surface_id);
    } else {
      std::copy(unit.hidden.begin(), unit.hidden.end(),
                states_.begin() + static_cast<std::ptrdiff_t>(stored_ % capacity_ * width_));
      answers_[stored_ % capacity_] = unit.surface_id;
    }
    ++stored_;
  }

  std::size_t size() const { return answers_.size(); }
  nlohmann::json state() const {
    return {{"states", packed(states_)}, {"answers", packed(answers_)}, {"stored", stored_}};
  }
  void restore(const nlohmann::json& state) {
    if (!state.is_object()) return;
    states_ = unpacked<float>(state.value("states", nlohmann::json()));
    answers_ = unpacked<std::uint32_t>(state.value("answers", nlohmann::json()));
    stored_ = state.value("stored", answers_.size());
  }
  std::uint64_t bytes() const { return states_.size() * 4 + answers_.size() * 4; }

  /// visit(age, cosine with `unit`'s state, same unit) from the most recent back. O(size width).
  template <typename Visit>
  void for_each_back(const UnitReading& unit, Visit&& visit) const {
    for (std::size_t i = 0; i < answers_.size(); ++i) {
      const std::size_t slot = (stored_ - 1 - i) % capacity_;
      visit(i, transformer::dot(states_.data() + slot * width_, unit.hidden.data(), width_),
            answers_[slot] == unit.surface_id);
    }
  }

 private:
  std::size_t width_;
  std::size_t capacity_;
  std::vector<float> states_;
  std::vector<std::uint32_t> answers_;
  std::size_t stored_ = 0;
};

}  // namespace noema::reasoning
