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
