#pragma once
// Groups of vectors: Ward's clustering, and how many groups make the description of the vectors shortest.

#include <cstdint>
#include <vector>

#include "concepts/company/low_rank.h"

namespace noema::concepts::company {

/// Two groups become one. Groups 0 to n - 1 are the points; merge i makes group n + i.
struct Joining {
  std::size_t first = 0, second = 0;
  double spread = 0;  ///< by how much the sum of squared distances to the groups' means grows
};

/// All n - 1 joinings of n points [n, width], cheapest first (Ward 1963), found by chains of nearest neighbours
/// (Murtagh 1983). weights: how many points each row stands for. O(n^2 width) time, O(n width) memory.
std::vector<Joining> ward(const Columns& points, const std::vector<double>& weights);

/// Of each point its group when `groups` are left: 0, 1, ... in the order of their first points.
std::vector<std::size_t> groups_after(const std::vector<Joining>& joinings, std::size_t points, std::size_t groups);

/// In how many directions the points differ, as if they differed alike in each: the square of the sum of the variances
/// along their axes over the sum of their squares. O(n width^2).
double directions_that_differ(const Columns& points);

/// The number of groups with the shortest two-part code of points in `width` directions: which group each is in, each
/// group's mean, and each point around its mean under one variance for all (Schwarz 1978). within: squared distances of
/// the points to the rows that stand for them. O(n).
std::size_t shortest_description(const std::vector<Joining>& joinings, const std::vector<double>& weights,
                                 std::size_t most, double width, double within = 0);

}  // namespace noema::concepts::company
