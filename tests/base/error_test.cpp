#include "base/error.h"

#include <catch2/catch.hpp>

#include "base/stop.h"

using namespace noema::base;

TEST_CASE("a condition that holds passes, one that does not stops as a mistake of noema's with its message") {
  CHECK_NOTHROW(check(true, "never seen"));
  CHECK_THROWS_AS(check(false, "a row has its width"), Bug);
  CHECK_THROWS_WITH(check(false, "a row has its width"), "a row has its width");
}

TEST_CASE("a wrong call is an error of the world's too, a mistake of noema's is none") {
  CHECK_THROWS_AS([] { throw UsageError("x"); }(), Error);
  CHECK_THROWS_AS([] { throw Interrupted("x"); }(), Error);
  CHECK_FALSE(std::is_base_of_v<Error, Bug>);
  CHECK(std::is_base_of_v<std::logic_error, Bug>);
}
