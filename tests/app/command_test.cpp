#include "app/command.h"

#include <catch2/catch.hpp>

#include "tests/app/program.h"

using namespace noema;
using tests::Workplace;

TEST_CASE("text that is not UTF-8 becomes printable") {
  CHECK(app::printable("caf\xe9") == "caf\xEF\xBF\xBD");
  CHECK(app::printable("café") == "café");
}

TEST_CASE("all lines of a file are read, without their ends") {
  const Workplace work;
  CHECK(app::lines_of(work.write("t", "a\r\nb\n\nc")) == std::vector<std::string>{"a", "b", "", "c"});
}

TEST_CASE("a number out of range is refused with what was expected") {
  CHECK(app::within(base::ranges::kThreads)("8").empty());
  CHECK_THAT(app::within(base::ranges::kThreads)("-8"), Catch::Contains("from 0 to 1024"));
}
