#include "concepts/company/kmeans.h"

#include <algorithm>
#include <cmath>

#include "base/rng.h"

namespace noema::concepts::company {
namespace {

Columns drawn_far_apart(const Columns& points, std::size_t most, base::Rng rng) {
  Columns means(static_cast<Eigen::Index>(most), points.cols());
  std::vector<double> distances(static_cast<std::size_t>(points.rows()), INFINITY);
  auto drawn = static_cast<Eigen::Index>(rng.below(distances.size()));
  for (Eigen::Index mean = 0;; ++mean) {
    means.row(mean) = points.row(drawn);
    double all = 0;
    for (std::size_t i = 0; i < distances.size(); ++i) {
      const double d = (points.row(static_cast<Eigen::Index>(i)) - points.row(drawn)).squaredNorm();
      all += distances[i] = std::min(distances[i], d);
    }
    if (mean + 1 == means.rows() || all <= 0) return means.topRows(mean + 1);
    double rest = rng.uniform() * all;
    std::size_t next = 0;
    while (next + 1 < distances.size() && (rest -= distances[next]) >= 0) ++next;
    drawn = static_cast<Eigen::Index>(next);
  }
}

/// The nearest mean of each point; true if one changed.
bool assign(const Columns& points, const Columns& means, std::vector<std::size_t>& groups) {
  constexpr Eigen::Index kRows = 512;
  const Eigen::RowVectorXf halves = means.rowwise().squaredNorm().transpose() / 2;
  bool changed = false;
  for (Eigen::Index row = 0; row < points.rows(); row += kRows) {
    const Eigen::Index rows = std::min(kRows, points.rows() - row);
    Columns nearness = points.middleRows(row, rows) * means.transpose();
    nearness.rowwise() -= halves;
    for (Eigen::Index i = 0; i < rows; ++i) {
      Eigen::Index best = 0;
      nearness.row(i).maxCoeff(&best);
      std::size_t& group = groups[static_cast<std::size_t>(row + i)];
      changed = changed || group != static_cast<std::size_t>(best);
      group = static_cast<std::size_t>(best);
    }
  }
  return changed;
}

/// Means and sizes of the groups; empty groups go, and the others are numbered anew.
void find_means(const Columns& points, Means& result, std::size_t groups) {
  std::vector<double> sizes(groups, 0);
  for (const std::size_t group : result.groups) ++sizes[group];
  std::vector<std::size_t> numbers(groups);
  result.sizes.clear();
  for (std::size_t group = 0; group < groups; ++group) {
    numbers[group] = result.sizes.size();
    if (sizes[group] > 0) result.sizes.push_back(sizes[group]);
  }
  result.means = Columns::Zero(static_cast<Eigen::Index>(result.sizes.size()), points.cols());
  for (std::size_t i = 0; i < result.groups.size(); ++i) {
    result.groups[i] = numbers[result.groups[i]];
    result.means.row(static_cast<Eigen::Index>(result.groups[i])) += points.row(static_cast<Eigen::Index>(i));
  }
  for (std::size_t group = 0; group < result.sizes.size(); ++group)
    result.means.row(static_cast<Eigen::Index>(group)) /= static_cast<float>(result.sizes[group]);
}

}  // namespace

Means k_means(const Columns& points, std::size_t most, std::uint64_t seed, int passes) {
  Means result;
  const auto n = static_cast<std::size_t>(points.rows());
  if (n == 0 || most == 0) return result;
  result.groups.assign(n, n);
  result.means = drawn_far_apart(points, std::min(most, n), base::Rng(seed));
  for (int pass = 0; pass < passes && assign(points, result.means, result.groups); ++pass)
    find_means(points, result, static_cast<std::size_t>(result.means.rows()));
  if (result.sizes.empty()) find_means(points, result, static_cast<std::size_t>(result.means.rows()));
  return result;
}

double squared_distances(const Columns& points, const Columns& means, const std::vector<std::size_t>& groups) {
  double sum = 0;
  for (std::size_t i = 0; i < groups.size(); ++i)
    sum += double{
        (points.row(static_cast<Eigen::Index>(i)) - means.row(static_cast<Eigen::Index>(groups[i]))).squaredNorm()};
  return sum;
}

}  // namespace noema::concepts::company
