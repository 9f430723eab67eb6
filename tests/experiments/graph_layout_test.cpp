#include "experiments/graph_layout.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "base/rng.h"

using namespace noema::experiments;

namespace {

using Edges = std::vector<std::pair<std::size_t, std::size_t>>;

double distance(const LayoutPoint& a, const LayoutPoint& b) { return std::hypot(a.x - b.x, a.y - b.y); }

std::vector<double> alike(std::size_t n) { return std::vector<double>(n, 1.0); }

}  // namespace

TEST_CASE("no node needs no place, one has one, and two stand apart") {
  CHECK(lay_out_graph({}, {}).empty());
  const auto one = lay_out_graph({3}, {});
  REQUIRE(one.size() == 1);
  CHECK(std::isfinite(one[0].x));
  const auto two = lay_out_graph({1, 1}, {{0, 1}});
  CHECK(distance(two[0], two[1]) > 1);
}

TEST_CASE("a path is drawn as a path: who follows is near, and the ends are farthest apart") {
  const auto points = lay_out_graph(alike(5), {{0, 1}, {1, 2}, {2, 3}, {3, 4}});
  for (std::size_t i = 0; i + 2 < points.size(); ++i)
    CHECK(distance(points[i], points[i + 1]) < distance(points[i], points[i + 2]));
  for (std::size_t i = 0; i < points.size(); ++i)
    for (std::size_t j = 0; j < points.size(); ++j)
      CHECK(distance(points[i], points[j]) <= distance(points[0], points[4]) + 1e-9);
}

TEST_CASE("a ring is drawn with springs of one length") {
  Edges ring;
  for (std::size_t i = 0; i < 6; ++i) ring.emplace_back(i, (i + 1) % 6);
  const auto points = lay_out_graph(alike(6), ring);
  const double length = distance(points[0], points[1]);
  for (const auto& [from, to] : ring) CHECK(distance(points[from], points[to]) == Approx(length).epsilon(0.02));
}

TEST_CASE("what hangs together stands together, and components hang on each other by their heaviest nodes") {
  // Two triangles, 0 1 2 and 3 4 5; the heaviest are 2 and 3.
  const auto points = lay_out_graph({1, 1, 9, 9, 1, 1}, {{0, 1}, {1, 2}, {2, 0}, {3, 4}, {4, 5}, {5, 3}});
  double inside = 0;
  for (const std::size_t first : {std::size_t{0}, std::size_t{3}})
    for (std::size_t i = first; i < first + 3; ++i)
      for (std::size_t j = first; j < i; ++j) inside = std::max(inside, distance(points[i], points[j]));
  for (std::size_t i = 0; i < 3; ++i)
    for (std::size_t j = 3; j < 6; ++j) CHECK(distance(points[i], points[j]) > inside);
  for (std::size_t i = 0; i < 3; ++i)
    for (std::size_t j = 3; j < 6; ++j) CHECK(distance(points[i], points[j]) >= distance(points[2], points[3]) - 1e-6);
}

TEST_CASE("an edge that is told twice, or the other way round, is one edge") {
  const Edges once = {{0, 1}, {1, 2}, {2, 3}, {0, 2}};
  const auto expected = lay_out_graph(alike(4), once);
  const auto found = lay_out_graph(alike(4), {{0, 1}, {1, 0}, {1, 2}, {2, 3}, {3, 2}, {2, 3}, {0, 2}});
  for (std::size_t i = 0; i < 4; ++i) {
    CHECK(found[i].x == expected[i].x);
    CHECK(found[i].y == expected[i].y);
  }
}

TEST_CASE("any graph gets finite places, no two the same, and the same ones again") {
  noema::base::Rng rng(3);
  for (int trial = 0; trial < 30; ++trial) {
    const std::size_t n = 1 + rng.below(25);
    std::vector<double> weights(n);
    for (double& weight : weights) weight = static_cast<double>(rng.below(3));  // ties, and nothing at all
    Edges edges;
    for (std::uint64_t e = rng.below(2 * n); e > 0 && n > 1; --e) {
      const std::size_t from = rng.below(n), to = (from + 1 + rng.below(n - 1)) % n;
      edges.emplace_back(from, to);
    }
    const auto points = lay_out_graph(weights, edges), again = lay_out_graph(weights, edges);
    REQUIRE(points.size() == n);
    for (std::size_t i = 0; i < n; ++i) {
      REQUIRE(std::isfinite(points[i].x));
      REQUIRE(std::isfinite(points[i].y));
      REQUIRE(points[i].x == again[i].x);
      REQUIRE(points[i].y == again[i].y);
      for (std::size_t j = 0; j < i; ++j) REQUIRE(distance(points[i], points[j]) > 1e-6);
    }
  }
}
