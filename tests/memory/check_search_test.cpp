#include "memory/check_search.h"

#include "tests/memory/support.h"

namespace noema::memory {
namespace {

/// A life of a hundred episodes, of which every third lies in a group.
std::filesystem::path life_in(const TempFolder& folder) {
  Life life = Life::create(folder / "a.life", small_options());
  for (int i = 0; i < 100; ++i) {
    EpisodeRow row = episode_row("line " + std::to_string(i) + " of many");
    if (i % 3 == 0) row.group = "g";
    life.append(row, row.text);
  }
  life.commit();
  return folder / "a.life";
}

}  // namespace

TEST_CASE("an index that was built as the episodes came is the same as one made anew") {
  TempFolder folder;
  Database database(life_in(folder), OpenMode::kReadOnly, 1);
  CHECK_FALSE(first_search_difference(database));
  CHECK_FALSE(first_search_difference(database));  // it leaves nothing behind
}

TEST_CASE("a row that was taken out of the index, and one that was added, is found by a reader") {
  TempFolder folder;
  const auto path = life_in(folder);
  {
    Database writer(path, OpenMode::kReadWrite, 1);
    writer.execute(
        "INSERT INTO episode_terms(episode_terms, rowid, terms, group_token) VALUES('delete', 42, 'line 41 of many', "
        "'')");
  }
  Database reader(path, OpenMode::kReadOnly, 1);
  const auto difference = first_search_difference(reader);
  REQUIRE(difference);
  CHECK_THAT(*difference, Catch::Contains("episode 42"));
}

TEST_CASE("terms that are there but cannot be looked up are found") {
  TempFolder folder;
  const auto path = folder / "a.life";
  {
    Life life = Life::create(path, small_options());
    for (int i = 0; i < 3000; ++i) append_text(life, "word" + std::to_string(i));
    life.commit();
  }
  Database(path, OpenMode::kReadWrite, 1).execute("DELETE FROM episode_terms_idx");
  Database reader(path, OpenMode::kReadOnly, 1);
  CHECK(first_search_difference(reader));
}

TEST_CASE("terms of an episode under another group are found") {
  TempFolder folder;
  const auto path = life_in(folder);
  Database(path, OpenMode::kReadWrite, 1).execute("UPDATE episodes SET group_name = 'h' WHERE id = 4");
  Database reader(path, OpenMode::kReadOnly, 1);
  CHECK(first_search_difference(reader));
}

}  // namespace noema::memory
