#include "concepts/company/information.h"

#include <catch2/catch.hpp>
#include <cmath>

using noema::concepts::company::Information;

TEST_CASE("information is Levy, Goldberg and Dagan's formula, computed by hand", "[company]") {
  const Information information({10, 30}, {16, 81, 0});
  // contexts: 16^.75 = 8, 81^.75 = 27; S = 35
  CHECK(information.of(0, 0, std::log(4.F)) == Approx(std::log(4 * 35.0 / (10 * 8))).epsilon(1e-5));
  CHECK(information.of(1, 1, std::log(3.F)) == 0);  // ln(3 * 35 / (30 * 27)) is negative
}
