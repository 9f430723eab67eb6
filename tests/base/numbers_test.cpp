#include "base/numbers.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

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

TEST_CASE("logarithms of products are sums, of powers of two exact multiples, and of one nothing") {
  CHECK(exact_log(1) == 0);
  for (int k = -1074; k <= 1023; k += 7) CHECK(exact_log(std::ldexp(1.0, k)) == k * kLn2);
  for (double x = 0.37; x < 1e5; x *= 3.1)
    CHECK(exact_log(x * 1.7) == Approx(exact_log(x) + exact_log(1.7)).margin(1e-13));
}

TEST_CASE("a logarithm is within two units of the last place everywhere between two powers of two") {
  for (int i = 0; i < 20000; ++i) {
    const double x = 0.5 + 1.5 * i / 20000;
    const double expected = std::log(x);
    const double unit = std::abs(std::nextafter(expected, 10.0) - expected);
    REQUIRE(std::abs(exact_log(x) - expected) <= 3 * unit + 1e-18);
  }
}

TEST_CASE("ln Gamma of whole numbers is the logarithm of factorials, and Gamma grows by its argument") {
  double factorial = 1;
  for (int n = 1; n <= 20; ++n) {
    CHECK(log_gamma(n) == Approx(std::log(factorial)).margin(1e-11));
    factorial *= n;
  }
  CHECK(log_gamma(0.5) == Approx(0.5 * std::log(3.14159265358979324)).margin(1e-11));
  for (double x = 0.001; x < 1e6; x *= 2.7)
    CHECK(log_gamma(x + 1) == Approx(log_gamma(x) + std::log(x)).margin(1e-10).epsilon(1e-12));
}

TEST_CASE("numbers that have no logarithm are a mistake of the caller's") {
  for (const double x : {0.0, -0.0, -1.0, std::numeric_limits<double>::infinity(), std::nan("")}) {
    CHECK_THROWS_AS(exact_log(x), std::logic_error);
    CHECK_THROWS_AS(log_gamma(x), std::logic_error);
  }
  CHECK(exact_log(std::numeric_limits<double>::denorm_min()) == Approx(-744.4400719213812));
  CHECK(exact_log(std::numeric_limits<double>::max()) == Approx(709.782712893384));
}

TEST_CASE("a bit is ln 2 nats") {
  CHECK(bits_of(kLn2) == 1);
  CHECK(bits_of(0) == 0);
  CHECK(bits_of(std::log(8.0)) == Approx(3));
}
