#include "concepts/company/ward.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>

#include "base/numbers.h"

namespace noema::concepts::company {
namespace {

/// Groups while they join: each lives in the slot of one of its points.
class Groups {
 public:
  Groups(const Columns& points, const std::vector<double>& weights)
      : means_(points), weights_(weights), alive_(weights.size(), true) {}

  double spread(std::size_t a, std::size_t b) const {
    const double share = weights_[a] * weights_[b] / (weights_[a] + weights_[b]);
    return share *
           double{(means_.row(static_cast<Eigen::Index>(a)) - means_.row(static_cast<Eigen::Index>(b))).squaredNorm()};
  }
  /// The cheapest one to join with; `before` wins ties, then the lowest slot.
  std::size_t nearest(std::size_t slot, std::optional<std::size_t> before) const {
    std::size_t best = before.value_or(slot);
    double least = before ? spread(slot, *before) : INFINITY;
    for (std::size_t other = 0; other < alive_.size(); ++other) {
      if (other == slot || !alive_[other]) continue;
      const double s = spread(slot, other);
      if (s < least) least = s, best = other;
    }
    return best;
  }
  std::size_t first_alive() const {
    return static_cast<std::size_t>(std::find(alive_.begin(), alive_.end(), true) - alive_.begin());
  }
  /// The group in `b` goes into the slot of `a`.
  void join(std::size_t a, std::size_t b) {
    const auto i = static_cast<Eigen::Index>(a), j = static_cast<Eigen::Index>(b);
    const double both = weights_[a] + weights_[b];
    means_.row(i) =
        (means_.row(i) * static_cast<float>(weights_[a]) + means_.row(j) * static_cast<float>(weights_[b])) /
        static_cast<float>(both);
    weights_[a] = both;
    alive_[b] = false;
  }

 private:
  Columns means_;
  std::vector<double> weights_;
  std::vector<bool> alive_;
};

/// Follows links to the slot that holds a point's group.
std::size_t root_of(std::vector<std::size_t>& parents, std::size_t slot) {
  while (parents[slot] != slot) slot = parents[slot] = parents[parents[slot]];
  return slot;
}

/// Chains find joinings out of order; sorted by spread, slots become numbers of groups.
void give_numbers(std::vector<Joining>& joinings, std::size_t points) {
  std::stable_sort(joinings.begin(), joinings.end(), [](const auto& a, const auto& b) { return a.spread < b.spread; });
  std::vector<std::size_t> parents(points), numbers(points);
  std::iota(parents.begin(), parents.end(), std::size_t{0});
  std::iota(numbers.begin(), numbers.end(), std::size_t{0});
  for (std::size_t i = 0; i < joinings.size(); ++i) {
    const std::size_t a = root_of(parents, joinings[i].first), b = root_of(parents, joinings[i].second);
    joinings[i].first = std::min(numbers[a], numbers[b]);
    joinings[i].second = std::max(numbers[a], numbers[b]);
    parents[b] = a;
    numbers[a] = points + i;
  }
}

}  // namespace

std::vector<Joining> ward(const Columns& points, const std::vector<double>& weights) {
  std::vector<Joining> joinings;
  Groups groups(points, weights);
  std::vector<std::size_t> chain;
  while (joinings.size() + 1 < weights.size()) {
    if (chain.empty()) chain.push_back(groups.first_alive());
    const std::size_t last = chain.back();
    const std::optional<std::size_t> before = chain.size() > 1 ? std::optional(chain[chain.size() - 2]) : std::nullopt;
    const std::size_t next = groups.nearest(last, before);
    if (next != before) {
      chain.push_back(next);
      continue;
    }
    joinings.push_back({next, last, groups.spread(next, last)});
    groups.join(next, last);
    chain.resize(chain.size() - 2);
  }
  give_numbers(joinings, weights.size());
  return joinings;
}

std::vector<std::size_t> groups_after(const std::vector<Joining>& joinings, std::size_t points, std::size_t groups) {
  std::vector<std::size_t> parents(points + joinings.size());
  std::iota(parents.begin(), parents.end(), std::size_t{0});
  for (std::size_t i = 0; i < joinings.size() && points - i > std::max<std::size_t>(groups, 1); ++i)
    parents[joinings[i].first] = parents[joinings[i].second] = points + i;
  std::vector<std::size_t> numbers(parents.size(), points), result(points);
  std::size_t next = 0;
  for (std::size_t point = 0; point < points; ++point) {
    std::size_t& number = numbers[root_of(parents, point)];
    if (number == points) number = next++;
    result[point] = number;
  }
  return result;
}

double directions_that_differ(const Columns& points) {
  const Columns centred = points.rowwise() - points.colwise().mean();
  const Eigen::MatrixXd covariance = (centred.transpose() * centred).cast<double>();
  const double squares = covariance.squaredNorm();
  return squares > 0 ? covariance.trace() * covariance.trace() / squares : 1;
}

std::size_t shortest_description(const std::vector<Joining>& joinings, const std::vector<double>& weights,
                                 std::size_t most, double width, double within) {
  const std::size_t n = weights.size();
  const double all = std::accumulate(weights.begin(), weights.end(), 0.0);
  const auto choice = [&](double weight) { return weight * base::exact_log(all / weight); };
  std::vector<double> sizes = weights;
  double chosen = 0, shortest = INFINITY;
  for (const double weight : weights) chosen += choice(weight);
  std::size_t best = n;
  const auto consider = [&](std::size_t groups) {
    if (groups > most || within <= 0) return;
    const double means = static_cast<double>(groups) * width / 2 * base::exact_log(all);
    const double length = chosen + means + all * width / 2 * base::exact_log(within / all);
    if (length <= shortest) shortest = length, best = groups;
  };
  consider(n);
  for (std::size_t i = 0; i < joinings.size(); ++i) {
    const double a = sizes[joinings[i].first], b = sizes[joinings[i].second];
    sizes.push_back(a + b);
    chosen += choice(a + b) - choice(a) - choice(b);
    within += joinings[i].spread;
    consider(n - i - 1);
  }
  return best;
}

}  // namespace noema::concepts::company
