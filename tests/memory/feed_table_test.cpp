#include "memory/feed_table.h"

#include "tests/memory/support.h"

namespace noema::memory {
namespace {

FeedRow feed_row(const std::string& hash, std::int64_t acknowledged) {
  FeedRow row;
  row.content_hash = hash;
  row.source = "a.txt";
  row.format = "text";
  row.acknowledged = acknowledged;
  row.bytes = 10 * acknowledged;
  return row;
}

}  // namespace

TEST_CASE("a feed comes back with every value and can be updated") {
  TempFolder folder;
  Life life = Life::create(folder / "a.life", small_options());
  append_text(life, "x");
  FeedRow row = feed_row("abc", 3);
  row.group = "g";
  row.pieces = 2;
  row.begins_at = 1;
  row.id = life.feeds().record(row);
  life.commit();
  const auto found = life.feeds().find("text", "g", "abc");
  REQUIRE(found.size() == 1);
  CHECK(found[0].id == row.id);
  CHECK(found[0].content_hash == "abc");
  CHECK(found[0].source == "a.txt");
  CHECK(found[0].format == "text");
  CHECK(found[0].group == "g");
  CHECK(found[0].acknowledged == 3);
  CHECK(found[0].bytes == 30);
  CHECK(found[0].pieces == 2);
  CHECK(found[0].begins_at == 1);
  row.content_hash = "abcd";
  CHECK(life.feeds().record(row) == row.id);
  life.commit();
  CHECK(life.feeds().find("text", "g", "abc").empty());
  CHECK(life.feeds().find("text", "g", "abcd").size() == 1);
  CHECK(life.check().empty());
}

TEST_CASE("feeds of one hash are told apart by format and group, longest first") {
  TempFolder folder;
  Life life = Life::create(folder / "a.life", small_options());
  for (const std::int64_t acknowledged : {2, 7, 5}) life.feeds().record(feed_row("abc", acknowledged));
  FeedRow other = feed_row("abc", 9);
  other.group = "g";
  life.feeds().record(other);
  const auto found = life.feeds().find("text", "", "abc");
  REQUIRE(found.size() == 3);
  CHECK(found[0].acknowledged == 7);
  CHECK(found[1].acknowledged == 5);
  CHECK(found[2].acknowledged == 2);
  CHECK(life.feeds().find("chat", "", "abc").empty());
}

TEST_CASE("the next length is the least one not below a number, of feeds that can be resumed") {
  TempFolder folder;
  Life life = Life::create(folder / "a.life", small_options());
  CHECK_FALSE(life.feeds().next_length("text", "", 0));
  for (const std::int64_t acknowledged : {0, 2, 5}) life.feeds().record(feed_row("abc", acknowledged));
  FeedRow standard_input = feed_row("abc", 1);
  standard_input.source = "-";
  life.feeds().record(standard_input);
  CHECK(life.feeds().next_length("text", "", 0) == 2);
  CHECK(life.feeds().next_length("text", "", 3) == 5);
  CHECK_FALSE(life.feeds().next_length("text", "", 6));
  CHECK_FALSE(life.feeds().next_length("text", "g", 0));
  CHECK_FALSE(life.feeds().next_length("chat", "", 0));
}

TEST_CASE("a feed that is not committed is dropped with its batch") {
  TempFolder folder;
  Life life = Life::create(folder / "a.life", small_options());
  life.feeds().record(feed_row("abc", 3));
  life.rollback();
  CHECK(life.feeds().find("text", "", "abc").empty());
  CHECK(life.check().empty());
}

}  // namespace noema::memory
