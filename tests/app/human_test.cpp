#include "app/human.h"

#include <catch2/catch.hpp>

using namespace noema::app;

TEST_CASE("the width of a text is counted in columns of a terminal") {
  CHECK(display_width("abc") == 3);
  CHECK(display_width("猫は") == 4);
  CHECK(display_width("e\xCC\x81") == 1);  // e and a combining accent
  CHECK(display_width("Ａ") == 2);         // full width
  CHECK(shortened("abcdef", 4) == "abc…");
  CHECK(shortened("猫は犬", 4) == "猫…");
  CHECK(shortened("abcd", 4) == "abcd");
  CHECK(one_line("a\nb\x07\xff") == "a b \xEF\xBF\xBD");
}

TEST_CASE("a text is shortened around the place that matters") {
  CHECK(shortened_around("abcdefghij", 4, 5, 5) == "…def…");
  CHECK(shortened_around("abcdefghij", 0, 1, 5) == "abc…");
  CHECK(shortened_around("abcdefghij", 9, 10, 5) == "…hij");
  CHECK(shortened_around("abcdefghij", 4, 5, 10) == "abcdefghij");
  CHECK(shortened_around("猫は犬と鳥", 6, 9, 6) == "…は犬…");
  CHECK(shortened_around("abcdefghij", 2, 8, 3) == "…cdefgh…");  // what matters is never cut
  CHECK(shortened_around("abcdefghij", 99, 120, 5) == "…hij");
}

TEST_CASE("columns align whatever is written in them, and lines end without spaces") {
  TextTable table({{"word", Align::kLeft}, {"count", Align::kRight}});
  table.add({"cat", "7"});
  table.add({"猫は", "20,300"});
  table.add({"x"});
  CHECK(table.text() == "word   count\ncat        7\n猫は  20,300\nx\n");
  TextTable untitled({{}, {"", Align::kRight}});
  untitled.add({"a", "1"});
  CHECK(untitled.text(2) == "  a  1\n");
}

TEST_CASE("numbers have the digits that a person needs, and units") {
  CHECK(human_count(0) == "0");
  CHECK(human_count(999) == "999");
  CHECK(human_count(1234567) == "1,234,567");
  CHECK(human_number(1384.4) == "1,384");
  CHECK(human_number(13.4567) == "13.5");
  CHECK(human_number(-2.5) == "-2.50");
  CHECK(human_number(0.012345) == "0.0123");
  CHECK(human_number(0) == "0");
  CHECK(human_number(0.0 / 0.0) == "-");
  CHECK(human_bytes(999) == "999 bytes");
  CHECK(human_bytes(5312000) == "5.3 MB");
  CHECK(human_bytes(999999) == "1.0 MB");
  CHECK(human_seconds(0.0312) == "31 ms");
  CHECK(human_seconds(2.345) == "2.3 s");
  CHECK(human_seconds(75) == "1 min 15 s");
  CHECK(human_seconds(7260) == "2 h 1 min");
  CHECK(human_time(0) == "1970-01-01");
  CHECK(human_time(1709208000) == "2024-02-29 12:00");
  CHECK(human_time(1e300) == "-");
  CHECK(human_share(0.257) == "26%");
}

TEST_CASE("names and counts stand in a sentence") {
  CHECK(listed({}).empty());
  CHECK(listed({"a"}) == "a");
  CHECK(listed({"a", "b", "c"}) == "a, b and c");
  CHECK(counted(1, "concept") == "1 concept");
  CHECK(counted(1500, "concept") == "1,500 concepts");
  CHECK(counted(2, "memory", "memories") == "2 memories");
}

TEST_CASE("an interval shows a signed value between its bounds") {
  CHECK(human_interval(0.0124, -0.003, 0.027) == "+0.0124 [-0.003, +0.027]");
}
