#include "reasoning/mixture.h"

#include <algorithm>
#include <cmath>

#include "base/error.h"

namespace noema::reasoning {

Mixture::Mixture(std::size_t experts, std::size_t features, std::size_t buckets, const MixtureOptions& options)
    : experts_(experts), features_(features), options_(options), parameters_((features + buckets) * experts) {
  base::check(experts >= 1 && experts <= kMostExperts, "a mixture has 1 to 64 experts");
  base::check(features >= 1, "a mixture has a feature that is always 1");
  parameters_[0].value = static_cast<float>(options.first_logit);
}

void Mixture::Parameter::learn(double gradient, double rate, double fading) {
  const double sum = fading * double{squares} + gradient * gradient;
  squares = static_cast<float>(sum);
  value = static_cast<float>(double{value} - rate * gradient / std::sqrt(std::max(sum, 1e-12)));
}

Mixture::Weights Mixture::weights(const Situation& situation, std::span<const Opinion> opinions) const {
  base::check(situation.features.size() == features_ && opinions.size() == experts_,
              "a mixture wants one opinion an expert, and its features");
  base::check(situation.bucket < buckets(), "a mixture has no such context bucket");
  const Parameter* bucket = parameters_.data() + (features_ + situation.bucket) * experts_;
  Weights logits{};
  for (std::size_t e = 0; e < experts_; ++e) logits[e] = double{bucket[e].value};
  for (std::size_t f = 0; f < features_; ++f) {
    const Parameter* row = parameters_.data() + f * experts_;
    for (std::size_t e = 0; e < experts_; ++e) logits[e] += double{row[e].value} * situation.features[f];
  }
  double highest = -1e300, sum = 0;
  for (std::size_t e = 0; e < experts_; ++e)
    if (!opinions[e].absent) highest = std::max(highest, logits[e]);
  Weights weights{};
  for (std::size_t e = 0; e < experts_; ++e)
    if (!opinions[e].absent) sum += weights[e] = std::exp(logits[e] - highest);
  for (double& weight : weights) weight /= sum;
  return weights;
}

/// The gradient is that of the mixture in which all tokens pay alike: the taxed tail depends on the weights in steps.
void Mixture::learn(const Situation& situation, std::span<const Opinion> opinions, const Weights& weights,
                    double transformer) {
  double p = 0;
  Weights responsibilities{};
  for (std::size_t e = 0; e < experts_; ++e)
    p += responsibilities[e] = weights[e] * (opinions[e].share + opinions[e].escape * transformer);
  if (!(p > 0)) return;
  Parameter* bucket = parameters_.data() + (features_ + situation.bucket) * experts_;
  for (std::size_t e = 0; e < experts_; ++e) {
    if (opinions[e].absent) continue;
    const double gradient = weights[e] - responsibilities[e] / p;
    bucket[e].learn(gradient, options_.bucket_rate, options_.fading);
    for (std::size_t f = 0; f < features_; ++f)
      parameters_[f * experts_ + e].learn(gradient * situation.features[f], options_.rate, options_.fading);
  }
}

double kept_share(const UnitReading& unit, double taken, double taxed) {
  const double alike = 1 - taken;
  if (taxed <= 1 || taxed * taken >= 1) return alike;
  double paying = 0;
  std::size_t step = Spread::kSteps;
  while (step > 0 && paying < taxed * taken) paying += double{unit.spread.mass[--step]};
  if (step == 0) return alike;
  return Spread::step_of(unit.first_probability) >= step ? 1 - taken / paying : 1;
}

}  // namespace noema::reasoning
