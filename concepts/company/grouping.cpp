#include "concepts/company/grouping.h"

#include <algorithm>

#include "concepts/company/kmeans.h"
#include "concepts/company/ward.h"

namespace noema::concepts::company {
namespace {

/// The number of groups is told by fewer directions: the rest is mostly noise, and each makes every group dearer.
constexpr Eigen::Index kTellingWidth = 50;

Columns telling(const Columns& points) { return points.leftCols(std::min(kTellingWidth, points.cols())); }

/// within: squared distances of the points to the rows that stand for them, in the telling directions.
std::size_t number_of_groups(const Columns& rows, const std::vector<double>& weights, double within = 0) {
  const Columns told = telling(rows);
  const std::size_t most = std::max<std::size_t>(1, weights.size() / 2);
  return shortest_description(ward(told, weights), weights, most, static_cast<double>(told.cols()), within);
}

}  // namespace

std::vector<std::size_t> group_points(const Columns& points, std::optional<std::size_t> groups, std::uint64_t seed) {
  const auto n = static_cast<std::size_t>(points.rows());
  if (n == 0) return {};
  if (n > kMostCompared && groups.value_or(0) < kPutTogether) {
    const Means together = k_means(points, kPutTogether, seed);
    const std::size_t count =
        groups ? *groups
               : number_of_groups(together.means, together.sizes,
                                  squared_distances(telling(points), telling(together.means), together.groups));
    const auto of_means = groups_after(ward(together.means, together.sizes), together.sizes.size(), count);
    std::vector<std::size_t> result, numbers(of_means.size(), n);
    std::size_t next = 0;
    for (const std::size_t mean : together.groups) {
      std::size_t& number = numbers[of_means[mean]];
      if (number == n) number = next++;
      result.push_back(number);
    }
    return result;
  }
  const std::vector<double> ones(n, 1);
  return groups_after(ward(points, ones), n, groups ? *groups : number_of_groups(points, ones));
}

Eigen::RowVectorXf direction_of(std::span<const Word> text, const Words& words, const Columns& directions) {
  Eigen::RowVectorXf sum = Eigen::RowVectorXf::Zero(directions.cols());
  for (const Word word : text) sum += words.telling(word) * directions.row(word);
  sum.normalize();
  return sum;
}

}  // namespace noema::concepts::company
