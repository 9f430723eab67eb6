#include "transformer/finite.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

#include "base/error.h"
#include "tests/transformer/numbers.h"

using namespace noema::transformer;
using Catch::Matchers::Contains;

namespace {

constexpr float kNan = std::numeric_limits<float>::quiet_NaN();
constexpr float kInfinity = std::numeric_limits<float>::infinity();

}  // namespace

TEST_CASE("numbers at the edges of what a float holds are finite, and so is nothing at all") {
  CHECK_FALSE(first_non_finite({}));
  using limits = std::numeric_limits<float>;
  const std::vector<float> values = {0.0F,          -0.0F,           limits::denorm_min(), -limits::denorm_min(),
                                     limits::max(), limits::lowest()};
  CHECK_FALSE(first_non_finite(values));
}

TEST_CASE("the first of several numbers that are not finite is found, as a plain search finds it") {
  noema::base::Rng rng(3);
  for (int trial = 0; trial < 200; ++trial) {
    auto values = testing::random_floats(1 + rng.below(9000), 1e30, static_cast<std::uint64_t>(trial));
    for (std::uint64_t bad = rng.below(4); bad > 0; --bad) {
      const float kinds[] = {kNan, -kNan, kInfinity, -kInfinity};
      values[rng.below(values.size())] = kinds[rng.below(4)];
    }
    const auto plain = std::find_if(values.begin(), values.end(), [](float x) { return !std::isfinite(x); });
    const auto found = first_non_finite(values);
    REQUIRE(found.has_value() == (plain != values.end()));
    if (found) REQUIRE(*found == static_cast<std::size_t>(plain - values.begin()));
  }
}

TEST_CASE("a number that is not finite is refused with where it is, what it is and what to do") {
  require_finite({}, "a.model", "weight");
  require_finite(std::vector<float>{1, 2}, "a.model", "weight");
  CHECK_THROWS_AS(require_finite(std::vector<float>{1, kNan}, "a.model", "weight"), noema::base::Error);
  CHECK_THROWS_WITH(require_finite(std::vector<float>{1, -kInfinity}, "a.train", "first_moments"),
                    Contains("a.train: first_moments number 2 is not finite (-inf)") &&
                        Contains("take an earlier file") && Contains("lower --learning-rate"));
}
