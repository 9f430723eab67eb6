#include "base/clock.h"

#include <catch2/catch.hpp>

using namespace noema::base;

TEST_CASE("times are written in UTC with their offset") {
  CHECK(iso8601(0) == "1970-01-01T00:00:00+00:00");
  CHECK(iso8601(1709208000) == "2024-02-29T12:00:00+00:00");
}

TEST_CASE("a manual clock moves only when it is moved") {
  ManualClock clock(5);
  CHECK(clock.now_seconds() == 5);
  clock.advance(2.5);
  CHECK(clock.now_seconds() == 7.5);
  CHECK(SystemClock().now_seconds() > 1.7e9);
  CHECK(Stopwatch().seconds() >= 0);
}

TEST_CASE("a time within a second is written as that second, before 1970 too") {
  CHECK(iso8601(0.999) == "1970-01-01T00:00:00+00:00");
  CHECK(iso8601(-0.001) == "1969-12-31T23:59:59+00:00");
  CHECK(iso8601(-62135596800) == "0001-01-01T00:00:00+00:00");
  CHECK(iso8601(253402300799.9) == "9999-12-31T23:59:59+00:00");
}

TEST_CASE("a stopwatch never goes back") {
  const Stopwatch watch;
  double before = watch.seconds();
  for (int i = 0; i < 1000; ++i) {
    const double now = watch.seconds();
    REQUIRE(now >= before);
    before = now;
  }
}
