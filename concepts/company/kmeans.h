#pragma once
// Many points as few: k-means.

#include <cstdint>
#include <vector>

#include "concepts/company/low_rank.h"

namespace noema::concepts::company {

struct Means {
  std::vector<std::size_t> groups;  ///< of each point
  Columns means;                    ///< [groups, width]
  std::vector<double> sizes;        ///< points of each group, none empty
};

/// At most `most` groups of points [n, width], such that each point is nearest to its group's mean (Lloyd 1982), from
/// first means drawn far apart (k-means++; Arthur & Vassilvitskii 2007). Ties go to the lower number.
/// O(passes n most width).
Means k_means(const Columns& points, std::size_t most, std::uint64_t seed, int passes = 12);

/// The sum of the squared distances of points [n, width] to their groups' means [groups, width].
double squared_distances(const Columns& points, const Columns& means, const std::vector<std::size_t>& groups);

}  // namespace noema::concepts::company
