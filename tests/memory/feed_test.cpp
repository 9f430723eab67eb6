#include "memory/feed.h"

#include <sys/stat.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <thread>

#include "base/files.h"
#include "base/rng.h"
#include "tests/memory/support.h"

namespace noema::memory {
namespace {

// Feeds up to `most` lines in batches of three and returns how many the life had before.
std::int64_t feed(Life& life, const std::filesystem::path& path, const FeedOptions& options = {}, int most = 1000) {
  FeedCursor cursor(life, path, options);
  int fed = 0;
  while (fed < most) {
    const auto input = cursor.next();
    if (!input) break;
    EpisodeRow row = episode_row(input->text);
    row.line = input->line;
    row.part = input->part;
    row.begins_at = input->begins_at;
    cursor.stored(life.append(row, input->text));
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
    CHECK(life.episodes().find(id)->text == "line " + std::to_string(id));
    CHECK(life.episodes().find(id)->line == id);
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
  base::write_file(folder / "a.txt", "a\tone\na\ttwo\nb\tthree\na\tfour\nb\tfive\n");
  feed(life, folder / "a.txt");
  CHECK(feed(life, folder / "a.txt", {.inputs = {.format = "labelled"}}) == 0);
  CHECK(feed(life, folder / "a.txt", {.inputs = {.group = "g"}}) == 0);
  CHECK(feed(life, folder / "a.txt", {.again = true}, 2) == 0);
  CHECK(feed(life, folder / "a.txt") == 5);
  CHECK(feed(life, folder / "a.txt", {.inputs = {.group = "g"}}) == 5);
}

TEST_CASE("lines that were not committed are fed again") {
  TempFolder folder;
  Life life = Life::create(folder / "a.life", small_options());
  base::write_file(folder / "a.txt", lines(1, 5));
  {
    FeedCursor cursor(life, folder / "a.txt", {});
    for (int i = 0; i < 4; ++i) append_text(life, cursor.next()->text);
    cursor.acknowledge();
    life.rollback();
  }
  CHECK(feed(life, folder / "a.txt") == 0);
  CHECK(life.counts().episodes == 5);
}

TEST_CASE("a long line is fed in pieces of one input, and goes on within the line") {
  TempFolder folder;
  Life life = Life::create(folder / "a.life", small_options());
  std::string line;
  for (int i = 0; i < 10000; ++i) line += "word" + std::to_string(i) + ' ';
  base::write_file(folder / "a.txt", "before\n" + line + "\nafter\n");
  CHECK(feed(life, folder / "a.txt", {}, 5) == 0);
  CHECK(feed(life, folder / "a.txt", {}, 2) == 1);
  CHECK(feed(life, folder / "a.txt") == 1);
  CHECK(feed(life, folder / "a.txt") == 3);
  std::vector<EpisodeId> first;
  for (EpisodeId id = 1; id <= life.counts().episodes; ++id)
    if (life.episodes().find(id)->line == 2) first.push_back(id);
  REQUIRE(first.size() > 5);
  for (const EpisodeId id : first) CHECK(life.episodes().input(id)->text == line);
  CHECK(life.episodes().input(first.front() - 1)->text == "before");
  CHECK(life.episodes().input(first.back() + 1)->text == "after");
  CHECK(life.episodes().input(first.back())->attachments.size() == 3 * first.size());
  CHECK(life.episodes().search({"word9999"}, 5).front().episode == first.front());
  CHECK(life.episodes().search({"word9999", "word1"}, 5).size() == 1);
  CHECK(life.check().empty());
}

TEST_CASE("a line that holds several inputs goes on within the line") {
  TempFolder folder;
  Life life = Life::create(folder / "a.life", small_options());
  const FeedOptions chat{.inputs = {.format = "chat"}};
  std::string messages;
  for (int i = 0; i < 9; ++i)
    messages += std::string(i > 0 ? "," : "") + R"({"role":"user","content":"message )" + std::to_string(i) + "\"}";
  base::write_file(folder / "a.jsonl", "{\"messages\":[" + messages + "]}\n");
  CHECK(feed(life, folder / "a.jsonl", chat, 4) == 0);
  CHECK(life.counts().episodes == 4);
  CHECK(feed(life, folder / "a.jsonl", chat) == 0);
  REQUIRE(life.counts().episodes == 9);
  for (EpisodeId id = 1; id <= 9; ++id) CHECK(life.episodes().find(id)->text == "message " + std::to_string(id - 1));
  CHECK(feed(life, folder / "a.jsonl", chat) == 1);
}

TEST_CASE("a pipe is fed whole on a life that was fed before") {
  TempFolder folder;
  Life life = Life::create(folder / "a.life", small_options());
  base::write_file(folder / "a.txt", lines(1, 5));
  feed(life, folder / "a.txt");
  const auto fifo = folder / "fifo";
  REQUIRE(mkfifo(fifo.c_str(), 0600) == 0);
  std::thread writer([&] { std::ofstream(fifo) << lines(1, 3); });
  CHECK(feed(life, fifo) == 0);
  writer.join();
  CHECK(life.counts().episodes == 8);
  CHECK(life.feeds().next_length("text", "", 0) == 5);
  CHECK_FALSE(life.feeds().next_length("text", "", 6));
}

TEST_CASE("each of many files is recognised by what it holds, as looking at all feeds would") {
  TempFolder folder;
  Life life = Life::create(folder / "a.life", small_options());
  base::Rng rng(3);
  std::map<std::string, std::int64_t> acknowledged;  // the plain way: text that was fed -> its lines
  for (int round = 0; round < 150; ++round) {
    std::string text;
    std::int64_t expected = 0;
    for (std::uint64_t n = 1 + rng.below(5), line = 1; line <= n; ++line) {
      text += "line " + std::to_string(rng.below(3)) + "\n";
      if (acknowledged.contains(text)) expected = static_cast<std::int64_t>(line);
    }
    const auto most = static_cast<std::int64_t>(rng.below(6));
    base::write_file(folder / "some.txt", text);
    REQUIRE(feed(life, folder / "some.txt", {}, static_cast<int>(most)) == expected);
    const auto first_lines = [&](std::int64_t count) {
      std::size_t end = 0;
      for (; count > 0; --count) end = text.find('\n', end) + 1;
      return text.substr(0, end);
    };
    const std::int64_t now = std::min(expected + most, std::count(text.begin(), text.end(), '\n'));
    if (now == 0) continue;
    acknowledged.erase(first_lines(expected));  // the row of a feed that goes on grows
    acknowledged[first_lines(now)] = now;
  }
}

TEST_CASE("a feed of format 1 is recognised, whatever the length of its lines") {
  FeedHash whole, pieces;
  const std::string line(30000, 'x');
  whole.add(line);
  for (std::size_t at = 0; at < line.size(); at += 10000) pieces.add(line.substr(at, 10000), at == 20000);
  CHECK(whole.value() == pieces.value());
  pieces.add("begun", false);
  CHECK(whole.value() != pieces.value());
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
