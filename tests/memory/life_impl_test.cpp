#include "memory/life_impl.h"

#include <set>

#include "memory/checksum.h"
#include "memory/schema.h"
#include "tests/memory/support.h"

namespace noema::memory {

TEST_CASE("the totals come back from their JSON, and a text that is none is refused") {
  Totals totals;
  totals.position = 9;
  totals.checksum = -5;
  totals.episodes = 6;
  totals.thoughts = 2;
  totals.undos = 1;
  totals.checkpoint_position = 7;
  totals.concepts = 4;
  totals.concepts_digest = ~std::uint64_t{0};
  totals.state_digest = 3;
  totals.feeds_digest = 1;
  const Totals again = Totals::from_json(totals.to_json());
  CHECK(again.to_json() == totals.to_json());
  CHECK(again.checksum == -5);
  CHECK(again.concepts_digest == ~std::uint64_t{0});
  for (const char* text : {"", "{}", "[1]", "{\"position\":\"x\"}"})
    CHECK_THAT(error_of([&] { Totals::from_json(text); }), Catch::Contains("totals of a life cannot be read"));
}

TEST_CASE("a log row's checksum follows from each of its fields and from the row before it") {
  Checksum content, other;
  content.text("a");
  other.text("b");
  const std::set<std::int64_t> links{
      chain_checksum(1, 2, "episode", 3, 4.0, content), chain_checksum(0, 2, "episode", 3, 4.0, content),
      chain_checksum(1, 1, "episode", 3, 4.0, content), chain_checksum(1, 2, "thought", 3, 4.0, content),
      chain_checksum(1, 2, "episode", 2, 4.0, content), chain_checksum(1, 2, "episode", 3, 4.5, content),
      chain_checksum(1, 2, "episode", 3, 4.0, other)};
  CHECK(links.size() == 7);
  CHECK(chain_checksum(1, 2, "episode", 3, 4.0, content) == chain_checksum(1, 2, "episode", 3, 4.0, content));
}

TEST_CASE("a group has one token, which is one word whatever its name holds") {
  const std::string token = group_token("a \"b\" OR *");
  CHECK(token.size() == 17);
  CHECK(token.find_first_not_of("0123456789abcdefg") == std::string::npos);
  CHECK(group_token("a") != group_token("b"));
  CHECK(group_token("a") == group_token("a"));
}

TEST_CASE("a meta row that was changed or taken out is named") {
  TempFolder folder;
  { Life life = Life::create(folder / "a.life", small_options()); }
  Database database(folder / "a.life", OpenMode::kReadWrite, 1);
  CHECK(read_meta(database, "seed") == "7");
  CHECK(case_folded_until(database) == 0);
  write_meta(database, "seed", "8");
  CHECK(read_meta(database, "seed") == "8");
  database.execute("UPDATE meta SET value = '9' WHERE key = 'seed'");
  CHECK_THAT(error_of([&] { read_meta(database, "seed"); }), Catch::Contains("\"seed\" is not what was stored"));
  database.execute("DELETE FROM meta WHERE key = 'seed'");
  CHECK_THAT(error_of([&] { read_meta(database, "seed"); }), Catch::Contains("\"seed\" is missing"));
}

TEST_CASE("a large model comes back from its parts") {
  TempFolder folder;
  Database database(folder / "a.db", OpenMode::kCreate, 1);
  migrate(database, migrations());
  std::string bytes(9'000'001, '\0');
  for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<char>(i * 31 >> 7);
  insert_model(database, 1, bytes, "name", 0, 1);
  CHECK(database.integer("SELECT count(*) FROM model_parts") == 3);
  CHECK(read_model(database, 1) == bytes);
}

}  // namespace noema::memory
