#include "base/numbers.h"

#include <catch2/catch.hpp>
#include <cmath>

using namespace noema::base;

TEST_CASE("exact_log agrees with the library's logarithm") {
  for (double x : {1e-300, 1e-9, 0.1, 0.5, 0.70710678, 1.0, 1.0000001, 2.0, 3.14159, 1e6, 1e300})
    CHECK(exact_log(x) == Approx(std::log(x)).margin(1e-16).epsilon(4e-16));
  CHECK_THROWS(exact_log(0));
  CHECK_THROWS(exact_log(-1));
}

TEST_CASE("log_gamma agrees with the library's") {
  for (double x = 0.01; x < 1e7; x *= 1.37) CHECK(log_gamma(x) == Approx(std::lgamma(x)).margin(1e-11).epsilon(1e-13));
}
