#include "concepts/company/kmeans.h"

#include <catch2/catch.hpp>

using namespace noema::concepts::company;

TEST_CASE("each point is nearest to its group's mean, and the means are those of their points", "[company]") {
  const Columns points = Columns::Random(300, 4);
  const Means found = k_means(points, 7, 1, 100);
  CHECK(found.sizes.size() == 7);
  Columns sums = Columns::Zero(7, 4);
  for (Eigen::Index i = 0; i < 300; ++i) {
    const auto own = static_cast<Eigen::Index>(found.groups[static_cast<std::size_t>(i)]);
    sums.row(own) += points.row(i) / static_cast<float>(found.sizes[static_cast<std::size_t>(own)]);
    for (Eigen::Index other = 0; other < 7; ++other)
      CHECK((points.row(i) - found.means.row(own)).squaredNorm() <=
            (points.row(i) - found.means.row(other)).squaredNorm() + 1e-4F);
  }
  CHECK(sums.isApprox(found.means, 1e-3F));
}

TEST_CASE("there are no more groups than different points, and the same seed gives the same groups", "[company]") {
  Columns points(6, 2);
  points << 0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 1, 1;
  CHECK(k_means(points, 5, 1).sizes.size() == 2);
  const Columns many = Columns::Random(100, 3);
  CHECK(k_means(many, 9, 4).groups == k_means(many, 9, 4).groups);
  CHECK(k_means(Columns(0, 3), 4, 1).groups.empty());
}
