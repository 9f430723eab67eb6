#include "memory/inputs/reader.h"

#include "base/files.h"
#include "tests/memory/support.h"

namespace noema::memory {

TEST_CASE("inputs come with source, line and the group that was given") {
  TempFolder folder;
  base::write_file(folder / "a.jsonl", "{\"text\":\"one\",\"group\":\"g\"}\n{\"text\":\"two\"}\n");
  InputReader plain(folder / "a.jsonl", {.format = "jsonl"});
  auto input = plain.next();
  REQUIRE(input);
  CHECK(input->group == "g");
  CHECK(input->source == (folder / "a.jsonl").string());
  CHECK(input->line == 1);
  CHECK(plain.next()->line == 2);
  CHECK_FALSE(plain.next());
  CHECK(plain.share_read() == 1.0);
  InputReader grouped(folder / "a.jsonl", {.format = "jsonl", .group = "all"});
  CHECK(grouped.next()->group == "all");
}

TEST_CASE("a long text of a JSON line comes in pieces, the id with the first") {
  TempFolder folder;
  std::string text;
  for (int i = 0; i < 5000; ++i) text += "word" + std::to_string(i) + ' ';
  base::write_file(folder / "a.jsonl", "{\"id\":\"x\",\"speaker\":\"s\",\"text\":\"" + text + "\"}\n");
  InputReader reader(folder / "a.jsonl", {.format = "jsonl"});
  std::string whole;
  std::int64_t part = 0;
  while (const auto input = reader.next()) {
    CHECK(input->part == part);
    CHECK(input->id.has_value() == (part == 0));
    CHECK(input->speaker == "s");
    CHECK(input->text.size() <= base::LineReader::kMaxPieceBytes);
    CHECK(reader.position().lines == (whole.size() + input->text.size() == text.size() ? 1 : 0));
    whole += input->text;
    ++part;
  }
  CHECK(part > 3);
  CHECK(whole == text);
}

TEST_CASE("the position counts whole lines, and pieces of the next") {
  TempFolder folder;
  base::write_file(folder / "a.txt", "one\n" + std::string(20000, 'x') + "\ntwo\n");
  InputReader reader(folder / "a.txt", {});
  reader.next();
  CHECK(reader.position().lines == 1);
  CHECK(reader.position().pieces == 0);
  CHECK(reader.position().bytes == 4);
  reader.next();
  CHECK(reader.position().lines == 1);
  CHECK(reader.position().pieces == 1);
  const std::string hash = reader.position().hash.value();
  reader.restart();
  CHECK(reader.skip());
  CHECK(reader.skip());
  CHECK(reader.position().hash.value() == hash);
  while (reader.next()) {
  }
  CHECK(reader.position().lines == 3);
  CHECK(reader.position().bytes == 4 + 20001 + 4);
}

}  // namespace noema::memory
