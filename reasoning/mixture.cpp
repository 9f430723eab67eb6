#include "reasoning/mixture.h"

#include <algorithm>
#include <array>

#include "base/error.h"

namespace noema::reasoning {

namespace {
constexpr std::size_t kMostExperts = 16;
}

Mixture::Mixture(std::size_t experts, std::size_t rooms, const MixtureOptions& options)
    : experts_(experts), rooms_(rooms), options_(options), responsibilities_((rooms + 1) * experts) {
  base::check(experts >= 1 && experts <= kMostExperts, "a mixture has 1 to 16 experts");
  double* all = room_of(rooms_);
  for (std::size_t e = 0; e < experts; ++e) {
    const double share = experts == 1 ? 1
                         : e == 0     ? options.first_share
                                      : (1 - options.first_share) / static_cast<double>(experts - 1);
    all[e] = options.trust * share;
  }
}

void Mixture::shares_of(std::size_t room, std::span<double> shares) const {
  const double* row = responsibilities_.data() + room * experts_;
  double sum = 0;
  for (std::size_t e = 0; e < experts_; ++e) sum += row[e];
  for (std::size_t e = 0; e < experts_; ++e) shares[e] = row[e] / sum;
}

std::vector<double> Mixture::weights(std::size_t room) const {
  base::check(room < rooms_, "a mixture has no such room");
  std::vector<double> weights(experts_);
  shares_of(rooms_, weights);
  const double* own = responsibilities_.data() + room * experts_;
  double sum = 0;
  for (std::size_t e = 0; e < experts_; ++e) sum += weights[e] = own[e] + options_.trust * weights[e];
  for (double& weight : weights) weight /= sum;
  return weights;
}

double Mixture::predict_and_learn(std::size_t room, std::span<const double> probabilities) {
  base::check(probabilities.size() == experts_, "a mixture wants one probability an expert");
  std::vector<double> now = weights(room);
  double present = 0;
  double p = 0;  // of those that are present, with all of their weight
  for (std::size_t e = 0; e < experts_; ++e)
    if (probabilities[e] >= 0) {
      present += now[e];
      p += now[e] * probabilities[e];
    }
  p /= present;
  if (!(p > 0)) return p;
  // An absent expert keeps its share, so that it is heard when it comes.
  for (double* row : {room_of(room), room_of(rooms_)})
    for (std::size_t e = 0; e < experts_; ++e)
      row[e] = options_.decay * row[e] + (probabilities[e] < 0 ? now[e] : now[e] * probabilities[e] / p);
  return p;
}

void Mixture::restore(std::span<const double> state) {
  base::check(state.size() == responsibilities_.size(), "the state of a mixture has another size");
  std::copy(state.begin(), state.end(), responsibilities_.begin());
}

}  // namespace noema::reasoning
