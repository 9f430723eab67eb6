#pragma once
// A mixture of experts behind a gate (Jacobs, Jordan, Nowlan & Hinton 1991): weights are a softmax of features that are
// known before the unit is seen, learned online by the gradient of -ln p with a rate for each parameter (AdaGrad,
// Duchi, Hazan & Singer 2011, with fading sums). The mass given to the other experts is taken from the transformer's
// tail.

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "reasoning/reading.h"

namespace noema::reasoning {

/// The mass that an expert gives to one unit: p_e = share + escape * p_transformer.
struct Opinion {
  double share = 0;
  double escape = 0;
  bool absent = false;  ///< left out: the others share its weight
};

struct MixtureOptions {
  double rate = 0.05;         ///< of the features' parameters
  double bucket_rate = 0.03;  ///< of the context buckets' parameters
  double fading = 0.9999;     ///< of the sums of squared gradients, a unit
  double first_logit = 2;     ///< bias of the first expert before anything is learned
};

/// One parameter an expert for each feature and for each context bucket: the value of one feature with many values,
/// such as the unit before. O(experts features) a unit.
class Mixture {
 public:
  static constexpr std::size_t kMostExperts = 64;
  using Weights = std::array<double, kMostExperts>;

  Mixture(std::size_t experts, std::size_t features, std::size_t buckets, const MixtureOptions& options = {});

  /// What is known before the unit is seen.
  struct Situation {
    std::span<const double> features;  ///< about -1 to 1 each; the first one is 1
    std::size_t bucket = 0;
  };

  /// Weights of the experts that are present; they sum to 1.
  Weights weights(const Situation& situation, std::span<const Opinion> opinions) const;

  /// Learns from the opinions on a unit that has come, given the weights they had.
  void learn(const Situation& situation, std::span<const Opinion> opinions, const Weights& weights, double transformer);

  struct Parameter {
    float value = 0;
    float squares = 0.01F;  ///< fading sum of squared gradients
    void learn(double gradient, double rate, double fading);
  };
  Parameter& of_feature(std::size_t feature, std::size_t expert) { return parameters_[feature * experts_ + expert]; }
  const Parameter& of_feature(std::size_t feature, std::size_t expert) const {
    return parameters_[feature * experts_ + expert];
  }
  Parameter& of_bucket(std::size_t bucket, std::size_t expert) { return of_feature(features_ + bucket, expert); }
  const Parameter& of_bucket(std::size_t bucket, std::size_t expert) const {
    return of_feature(features_ + bucket, expert);
  }
  std::size_t buckets() const { return parameters_.size() / experts_ - features_; }

 private:
  std::size_t experts_;
  std::size_t features_;
  MixtureOptions options_;
  std::vector<Parameter> parameters_;  // [features + buckets, experts]
};

/// The share that the transformer keeps of its probability of the unit when `taken` of its mass is given to others. The
/// least likely first tokens are taxed, as many as hold `taxed` times that mass; units that begin with another token
/// keep all of theirs. To first order this costs as much as taxing all tokens alike, and no token pays more than
/// 1 / taxed. Where that needs every token, where taxed is 1 or less, and where the spread is unknown, all tokens pay
/// alike. Over all units the kept shares sum to 1 - taken. O(steps of the spread).
double kept_share(const UnitReading& unit, double taken, double taxed);

}  // namespace noema::reasoning
