#pragma once
// Groups of words and of texts by the company that their words keep.

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "concepts/company/company.h"

namespace noema::concepts::company {

/// The group of each row of `points`, each at length 1: 0, 1, ... in the order of their first rows. By Ward's
/// clustering down to `groups`, or to the number that describes the points shortest. More than a few thousand points
/// are first put together by k-means.
std::vector<std::size_t> group_points(const Columns& points, std::optional<std::size_t> groups, std::uint64_t seed);

/// More points are not compared one by one.
inline constexpr std::size_t kMostCompared = 3072;
/// So many groups k-means makes of more points at first.
inline constexpr std::size_t kPutTogether = 512;

/// A text's direction: the mean of its words', each as its informativeness says; 0 if it has no word that is known.
Eigen::RowVectorXf direction_of(std::span<const Word> text, const Words& words, const Columns& directions);

}  // namespace noema::concepts::company
