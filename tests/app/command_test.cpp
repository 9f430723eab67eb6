#include "app/command.h"

#include <catch2/catch.hpp>

using namespace noema;

TEST_CASE("text that is not UTF-8 becomes printable") {
  CHECK(app::printable("caf\xe9") == "caf\xEF\xBF\xBD");
  CHECK(app::printable("café") == "café");
}

TEST_CASE("a number out of range is refused with what was expected") {
  CHECK(app::within(base::ranges::kThreads)("8").empty());
  CHECK_THAT(app::within(base::ranges::kThreads)("-8"), Catch::Contains("from 0 to 1024"));
}
