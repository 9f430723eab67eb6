#include "app/actions/text_lines.h"

#include <catch2/catch.hpp>

#include "base/error.h"
#include "tests/app/program.h"

using namespace noema;

TEST_CASE("all lines of a file are read, without their ends; a file without lines is refused") {
  const tests::Workplace work;
  CHECK(app::lines_to_read(work.write("t", "a\r\nb\n\nc"), "test") == std::vector<std::string>{"a", "b", "", "c"});
  CHECK_THROWS_WITH(app::lines_to_read(work.write("e", ""), "test"), Catch::Contains("the text to test has no line"));
  CHECK_THROWS_AS(app::lines_to_read(work.file("none"), "test"), base::Error);
}

TEST_CASE("lines are taken until they hold the wanted number of words and line ends") {
  const std::vector<std::string> lines{"a b", "c", "d e f"};
  std::size_t begin = 0;
  CHECK(app::take_words(lines, begin, 4).size() == 2);
  CHECK(begin == 2);
  CHECK(app::take_words(lines, begin, 100).size() == 1);
  CHECK(app::take_words(lines, begin, 100).empty());
}
