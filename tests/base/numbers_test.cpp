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

TEST_CASE("text has words where white space parts its lines into short pieces") {
  CHECK(has_words(217646, 3760, 1121681));  // WikiText-2, validation
  CHECK(has_words(6, 1, 30));
  CHECK_FALSE(has_words(3, 3, 21));      // short lines without spaces
  CHECK_FALSE(has_words(40, 20, 2000));  // long clauses with a space now and then
  CHECK_FALSE(has_words(0, 0, 0));
  CHECK_FALSE(has_words(0, 5, 5));
}
