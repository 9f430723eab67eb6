#include "memory/feed.h"

#include "base/files.h"
#include "tests/memory/support.h"

namespace noema::memory {
namespace {

// Feeds up to `most` lines in batches of three and returns how many the life had before.
std::int64_t feed(Life& life, const std::filesystem::path& path, const FeedOptions& options = {}, int most = 1000) {
  FeedCursor cursor(life, path, options);
  int fed = 0;
  while (fed < most) {
    const auto line = cursor.next();
    if (!line) break;
    EpisodeRow row = episode_row(*line);
    row.line = cursor.line_number();
    life.append(row, *line);
    if (++fed % 3 != 0) continue;
    cursor.acknowledge();
    life.commit();
  }
  cursor.acknowledge();
  life.commit();
  return cursor.resumed_after();
}

std::string lines(int from, int to) {
  std::string text;
  for (int i = from; i <= to; ++i) text += "line " + std::to_string(i) + "\n";
  return text;
}

}  // namespace

TEST_CASE("the same file fed again goes on after what the life has") {
  TempFolder folder;
  Life life = Life::create(folder / "a.life", small_options());
  base::write_file(folder / "a.txt", lines(1, 10));
  CHECK(feed(life, folder / "a.txt", {}, 4) == 0);
  CHECK(feed(life, folder / "a.txt", {}, 3) == 4);
  CHECK(feed(life, folder / "a.txt") == 7);
  CHECK(feed(life, folder / "a.txt") == 10);
  REQUIRE(life.counts().episodes == 10);
  for (EpisodeId id = 1; id <= 10; ++id) {
    CHECK(life.episode(id)->text == "line " + std::to_string(id));
    CHECK(life.episode(id)->line == id);
  }
  CHECK(life.check().empty());
}

TEST_CASE("acknowledging nothing new writes nothing") {
  TempFolder folder;
  Life life = Life::create(folder / "a.life", small_options());
  base::write_file(folder / "a.txt", lines(1, 2));
  feed(life, folder / "a.txt");
  FeedCursor cursor(life, folder / "a.txt", {});
  CHECK_FALSE(cursor.next());
  cursor.acknowledge();
  CHECK_FALSE(life.batch_open());
}

TEST_CASE("a file that grew or moved is recognised, a changed one is not") {
  TempFolder folder;
  Life life = Life::create(folder / "a.life", small_options());
  base::write_file(folder / "a.txt", lines(1, 5));
  feed(life, folder / "a.txt");
  base::write_file(folder / "b.txt", lines(1, 8));
  CHECK(feed(life, folder / "b.txt") == 5);
  CHECK(life.counts().episodes == 8);
  base::write_file(folder / "b.txt", "changed\n" + lines(2, 8));
  CHECK(feed(life, folder / "b.txt") == 0);
  CHECK(life.counts().episodes == 16);
  base::write_file(folder / "short.txt", lines(1, 3));
  CHECK(feed(life, folder / "short.txt") == 0);
}

TEST_CASE("format, group and again make it another feed") {
  TempFolder folder;
  Life life = Life::create(folder / "a.life", small_options());
  base::write_file(folder / "a.txt", lines(1, 5));
  feed(life, folder / "a.txt");
  CHECK(feed(life, folder / "a.txt", {.format = "labelled"}) == 0);
  CHECK(feed(life, folder / "a.txt", {.group = "g"}) == 0);
  CHECK(feed(life, folder / "a.txt", {.again = true}, 2) == 0);
  CHECK(feed(life, folder / "a.txt") == 5);
  CHECK(feed(life, folder / "a.txt", {.group = "g"}) == 5);
}

TEST_CASE("lines that were not committed are fed again") {
  TempFolder folder;
  Life life = Life::create(folder / "a.life", small_options());
  base::write_file(folder / "a.txt", lines(1, 5));
  {
    FeedCursor cursor(life, folder / "a.txt", {});
    for (int i = 0; i < 4; ++i) life.append(episode_row(*cursor.next()), "x");
    cursor.acknowledge();
    life.rollback();
  }
  CHECK(feed(life, folder / "a.txt") == 0);
  CHECK(life.counts().episodes == 5);
}

TEST_CASE("an empty file feeds nothing and a missing one says so") {
  TempFolder folder;
  Life life = Life::create(folder / "a.life", small_options());
  base::write_file(folder / "a.txt", "");
  CHECK(feed(life, folder / "a.txt") == 0);
  CHECK(life.last_position() == 0);
  CHECK_THAT(error_of([&] { feed(life, folder / "b.txt"); }), Catch::Contains("b.txt"));
}

}  // namespace noema::memory
