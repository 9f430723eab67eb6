#pragma once
// A mixture that learns its own weights: online expectation-maximisation with decay, in the room that a gate opens.

#include <cstdint>
#include <span>
#include <vector>

namespace noema::reasoning {

struct MixtureOptions {
  double decay = 0.9995;     ///< of a room's responsibilities, a prediction
  double trust = 24;         ///< predictions' worth of what all rooms learned, lent to each room
  double first_share = 0.5;  ///< weight of the first expert before anything is learned; the others share the rest
};

/// p = sum_e w_e p_e. After each prediction r_e = w_e p_e / p is added to the responsibilities a_e <- decay a_e + r_e
/// of the room and of all rooms together; w_e ~ a_e(room) + trust * w_e(all).
class Mixture {
 public:
  static constexpr double kAbsent = -1;  ///< probability of an expert that is left out

  Mixture(std::size_t experts, std::size_t rooms, const MixtureOptions& options = {});

  /// Weights of a room; they sum to 1.
  std::vector<double> weights(std::size_t room) const;
  /// sum_e w_e p_e, then learns. `probabilities` has one entry an expert, below 0 for an expert that is absent: the
  /// others share its weight, and it keeps it for when it comes. Returns the probability before learning.
  double predict_and_learn(std::size_t room, std::span<const double> probabilities);

  std::vector<double> state() const { return responsibilities_; }
  void restore(std::span<const double> state);

 private:
  double* room_of(std::size_t room) { return responsibilities_.data() + room * experts_; }
  void shares_of(std::size_t room, std::span<double> shares) const;

  std::size_t experts_;
  std::size_t rooms_;  // the last one is that of all rooms together
  MixtureOptions options_;
  std::vector<double> responsibilities_;  // [rooms + 1, experts]
};

}  // namespace noema::reasoning
