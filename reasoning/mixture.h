#pragma once
// A mixture of experts behind a gate (Jacobs, Jordan, Nowlan & Hinton 1991): weights are a softmax of features that are
// known before the unit is seen, learned online by the gradient of -ln p with a rate for each parameter (AdaGrad,
// Duchi, Hazan & Singer 2011, whose sums fade). What the experts take from the transformer is taken from its tail.

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "reasoning/reading.h"

namespace noema::reasoning {

/// What an expert gives to one unit: p_e = share + escape * p_transformer.
struct Opinion {
  double share = 0;
  double escape = 0;
  bool absent = false;  ///< left out: the others share its weight
};

struct MixtureOptions {
  double rate = 0.05;       ///< of the features' parameters
  double room_rate = 0.03;  ///< of the rooms' parameters
  double fading = 0.9999;   ///< of the sums of squared gradients, a unit
  double first_logit = 2;   ///< bias of the first expert before anything is learned
};

/// One parameter an expert for each feature and for each room. A room is a value of one feature with many values, such
/// as the unit before. O(experts features) a unit.
class Mixture {
 public:
  static constexpr std::size_t kMostExperts = 16;
  using Weights = std::array<double, kMostExperts>;

  Mixture(std::size_t experts, std::size_t features, std::size_t rooms, const MixtureOptions& options = {});

  /// What is known before the unit is seen.
  struct Situation {
    std::span<const double> features;  ///< about -1 to 1 each; the first one is 1
    std::size_t room = 0;
  };

  /// Weights of the experts that are present; they sum to 1.
  Weights weights(const Situation& situation, std::span<const Opinion> opinions) const;

  /// Learns from the opinions on a unit that has come, given the weights they had.
  void learn(const Situation& situation, std::span<const Opinion> opinions, const Weights& weights, double transformer);

  std::vector<float> state() const;
  void restore(std::span<const float> state);

 private:
  struct Parameter {
    float value = 0;
    float squares = 0.01F;  ///< fading sum of squared gradients
    void learn(double gradient, double rate, double fading);
  };

  std::size_t experts_;
  std::size_t features_;
  MixtureOptions options_;
  std::vector<Parameter> parameters_;  // [features + rooms, experts]
};

/// What stays of the transformer's probability of the unit when `taken` of its mass is given to others. The least
/// likely first tokens pay, as many as hold `payers` times that; units that begin otherwise keep all of theirs and are
/// not made worse by what others are given. To first order this costs as much as taking from all alike, and nobody pays
/// more than 1 / payers. Where that needs everybody, where payers is 1 or less, and where the spread is unknown, all
/// pay alike. Over all units the kept sums to 1 - taken. O(steps of the spread).
double kept_share(const UnitReading& unit, double taken, double payers);

}  // namespace noema::reasoning
