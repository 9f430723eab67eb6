#include "concepts/company/ward.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "base/rng.h"

using namespace noema::concepts::company;

namespace {

Columns clouds(std::size_t count, std::size_t each, float distance, std::uint64_t seed) {
  noema::base::Rng rng(seed);
  Columns points(static_cast<Eigen::Index>(count * each), 6);
  for (Eigen::Index i = 0; i < points.rows(); ++i)
    for (Eigen::Index d = 0; d < 6; ++d)
      points(i, d) = static_cast<float>(rng.normal()) + (d == i % static_cast<Eigen::Index>(count) ? distance : 0);
  return points;
}

/// The plain version: the cheapest of all pairs, again and again.
std::vector<double> spreads_plainly(const Columns& points) {
  std::vector<std::pair<double, Eigen::RowVectorXd>> groups;
  for (Eigen::Index i = 0; i < points.rows(); ++i) groups.emplace_back(1, points.row(i).cast<double>());
  std::vector<double> spreads;
  while (groups.size() > 1) {
    double least = INFINITY;
    std::size_t a = 0, b = 1;
    for (std::size_t i = 0; i < groups.size(); ++i)
      for (std::size_t j = i + 1; j < groups.size(); ++j) {
        const double n = groups[i].first, m = groups[j].first;
        const double spread = n * m / (n + m) * (groups[i].second - groups[j].second).squaredNorm();
        if (spread < least) least = spread, a = i, b = j;
      }
    spreads.push_back(least);
    const double both = groups[a].first + groups[b].first;
    groups[a].second = (groups[a].first * groups[a].second + groups[b].first * groups[b].second) / both;
    groups[a].first = both;
    groups.erase(groups.begin() + static_cast<std::ptrdiff_t>(b));
  }
  return spreads;
}

}  // namespace

TEST_CASE("chains of nearest neighbours join what the plain version joins", "[company]") {
  const Columns points = clouds(3, 8, 4, 1);
  const auto joinings = ward(points, std::vector<double>(24, 1));
  const auto expected = spreads_plainly(points);
  REQUIRE(joinings.size() == expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) {
    CHECK(joinings[i].spread == Approx(expected[i]).epsilon(1e-3));
    CHECK(joinings[i].first < joinings[i].second);
    CHECK(joinings[i].second < 24 + i);
  }
}

TEST_CASE("clouds that lie apart are the groups, and as many describe them shortest", "[company]") {
  const Columns points = clouds(4, 40, 8, 2);
  const std::vector<double> ones(160, 1);
  const auto joinings = ward(points, ones);
  CHECK(shortest_description(joinings, ones, 80, 6) == 4);
  const auto groups = groups_after(joinings, 160, 4);
  for (std::size_t i = 0; i < 160; ++i) CHECK(groups[i] == i % 4);
}

TEST_CASE("one cloud is one group", "[company]") {
  const Columns points = clouds(1, 100, 0, 3);
  const std::vector<double> ones(100, 1);
  CHECK(shortest_description(ward(points, ones), ones, 50, 6) == 1);
}

TEST_CASE("one point, none, and equal points can be grouped", "[company]") {
  CHECK(ward(Columns(0, 3), {}).empty());
  CHECK(groups_after({}, 1, 5) == std::vector<std::size_t>{0});
  const Columns equal = Columns::Ones(5, 3);
  const std::vector<double> ones(5, 1);
  const auto joinings = ward(equal, ones);
  CHECK(joinings.size() == 4);
  CHECK(groups_after(joinings, 5, 1) == std::vector<std::size_t>(5, 0));
}

TEST_CASE("a point with a weight is as many points", "[company]") {
  Columns some(3, 1), all(4, 1);
  some << 0, 1, 5;
  all << 0, 0, 1, 5;
  CHECK(ward(some, {2, 1, 1}).back().spread == Approx(ward(all, {1, 1, 1, 1}).back().spread));
}
