#include "base/line_reader.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <cstdlib>
#include <functional>
#include <thread>

#include "base/error.h"
#include "base/files.h"
#include "base/rng.h"
#include "base/text.h"

using namespace noema::base;
namespace fs = std::filesystem;

namespace {

struct Folder {
  fs::path path = fs::temp_directory_path() / ("noema_lines_" + std::to_string(::getpid()));
  Folder() { fs::create_directories(path); }
  ~Folder() { fs::remove_all(path); }
};

std::string message_of(const std::function<void()>& act) {
  try {
    act();
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

}  // namespace

TEST_CASE("lines are read from plain, gzipped and xz files alike") {
  const Folder folder;
  const fs::path plain = folder.path / "a.txt";
  write_file(plain, "\xEF\xBB\xBFone\r\n\ntwo 道");
  for (const char* pack : {"", "gzip -k", "xz -k"}) {
    fs::path file = plain;
    if (*pack) {
      REQUIRE(std::system((std::string(pack) + " " + plain.string()).c_str()) == 0);
      file += std::string(pack).starts_with("gzip") ? ".gz" : ".xz";
    }
    LineReader reader(file);
    for (int twice = 0; twice < 2; ++twice) {
      CHECK(reader.next() == "one");
      CHECK(reader.next() == "");
      CHECK(reader.next() == "two 道");
      CHECK(reader.line_number() == 3);
      CHECK_FALSE(reader.next());
      reader.restart();
    }
  }
}

TEST_CASE("bad files are named with line and reason") {
  const Folder folder;
  CHECK_THAT(message_of([&] { LineReader reader(folder.path / "none"); }), Catch::Contains("no such file"));
  CHECK_THAT(message_of([&] { LineReader reader(folder.path); }), Catch::Contains("is a folder"));
  write_file(folder.path / "b", "fine\nbad \xff\n");
  CHECK_THAT(message_of([&] {
               LineReader r(folder.path / "b");
               r.next();
               r.next();
             }),
             Catch::Contains("b:2: byte 4 is not UTF-8"));
  write_file(folder.path / "c.gz", std::string("\x1f\x8b\x08\x00garbage", 11));
  CHECK_THAT(message_of([&] {
               LineReader r(folder.path / "c.gz");
               while (r.next()) {
               }
             }),
             Catch::Contains("broken"));
  write_file(folder.path / "long", std::string(LineReader::kMaxLineBytes + 2, 'x'));
  CHECK_THAT(message_of([&] {
               LineReader r(folder.path / "long");
               r.next();
             }),
             Catch::Contains("longer than"));
}

TEST_CASE("a long line is read in pieces that make up the line, cut before white space") {
  const Folder folder;
  std::string words, signs, one_word;
  for (int i = 0; i < 5000; ++i) words += " word" + std::to_string(i);
  for (int i = 0; i < 5000; ++i) signs += i % 7 == 0 ? "山" : "水";
  one_word = std::string(20000, 'x');
  write_file(folder.path / "a", words + "\n" + signs + "\r\n" + one_word + "\nshort\n");
  LineReader reader(folder.path / "a");
  for (const std::string& line : {words, signs, one_word, std::string("short")}) {
    std::string whole;
    for (std::uint64_t part = 0;; ++part) {
      const auto piece = reader.next_piece(1000);
      REQUIRE(piece);
      CHECK(piece->part == part);
      CHECK(piece->text.size() <= 1000);
      CHECK_FALSE(piece->text.empty());
      if (line == words && part > 0) CHECK(piece->text.front() == ' ');
      if (line == signs) CHECK(piece->text.size() % 3 == 0);
      whole += piece->text;
      if (piece->ends_line) break;
    }
    CHECK(whole == line);
  }
  CHECK_FALSE(reader.next_piece(1000));
}

TEST_CASE("a line of exactly the piece's size is one piece, with and without a carriage return") {
  const Folder folder;
  for (const char* ending : {"\n", "\r\n", ""}) {
    for (std::size_t size = 90; size < 110; ++size) {
      write_file(folder.path / "a", std::string(size, 'x') + ending);
      LineReader reader(folder.path / "a");
      const auto first = reader.next_piece(100);
      REQUIRE(first);
      CHECK(first->ends_line == (size <= 100));
      if (size > 100) CHECK(first->text.size() + reader.next_piece(100)->text.size() == size);
      CHECK_FALSE(reader.next_piece(100));
    }
  }
}

TEST_CASE("bytes that are no text are refused in every piece, with their place in the line") {
  const Folder folder;
  write_file(folder.path / "a", std::string(950, 'x') + " " + std::string(100, 'y') + "\xff\n");
  LineReader reader(folder.path / "a");
  CHECK(reader.next_piece(1000)->text.size() == 950);
  CHECK_THAT(message_of([&] { reader.next_piece(1000); }), Catch::Contains("a:1: byte 1051 is not UTF-8"));
  write_file(folder.path / "b", std::string(5000, '\x80'));
  CHECK_THAT(message_of([&] { LineReader(folder.path / "b").next_piece(1000); }), Catch::Contains("is not UTF-8"));
}

TEST_CASE("behind a line that is no text the next lines are read") {
  const Folder folder;
  write_file(folder.path / "mixed.txt", "one\ncaf\xe9\n" + std::string(1, '\0') + "\r\nfour\n\xff");
  LineReader lines(folder.path / "mixed.txt");
  CHECK(lines.next() == "one");
  CHECK_THROWS_AS(lines.next(), NotText);
  CHECK_THROWS_AS(lines.next(), NotText);
  CHECK(lines.next() == "four");
  CHECK(lines.line_number() == 4);
  CHECK_THROWS_AS(lines.next(), NotText);
  CHECK_FALSE(lines.next());
}

TEST_CASE("a FIFO is read once, as its lines come, and waiting for it can be ended") {
  const Folder folder;
  const fs::path fifo = folder.path / "fifo";
  REQUIRE(::mkfifo(fifo.c_str(), 0600) == 0);
  require_file(fifo);  // looks at it without opening it
  int waited = 0;
  bool go_on = true;
  LineReader reader(fifo, [&] {
    ++waited;
    return go_on;
  });
  CHECK_FALSE(reader.rereadable());
  const int writer = ::open(fifo.c_str(), O_WRONLY);
  ssize_t written = 0;
  std::thread late([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
    written = ::write(writer, "one\ntwo\nhalf", 12);
  });
  CHECK(reader.next() == "one");
  CHECK(waited > 0);
  CHECK(reader.next() == "two");
  late.join();
  CHECK(written == 12);
  go_on = false;
  CHECK_FALSE(reader.next());
  CHECK_FALSE(reader.next());
  ::close(writer);
}

TEST_CASE("how much of the file was read is known") {
  const Folder folder;
  write_file(folder.path / "a", std::string(1000, 'x') + "\n");
  LineReader reader(folder.path / "a");
  CHECK(reader.bytes_of_file() == 1001);
  CHECK(reader.bytes_read() == 0);
  reader.next();
  CHECK(reader.bytes_read() == 1001);
}

TEST_CASE("an empty file has no line, one line feed is one empty line, and a last line needs no line feed") {
  const Folder folder;
  const auto lines_of = [&](const std::string& content) {
    write_file(folder.path / "a", content);
    LineReader reader(folder.path / "a");
    std::vector<std::string> lines;
    while (auto line = reader.next()) lines.push_back(*line);
    return lines;
  };
  using Lines = std::vector<std::string>;
  CHECK(lines_of("").empty());
  CHECK(lines_of("\n") == Lines{""});
  CHECK(lines_of("\n\n") == Lines{"", ""});
  CHECK(lines_of("a") == Lines{"a"});
  CHECK(lines_of("a\n") == Lines{"a"});
  CHECK(lines_of("a\r\n\r\nb\r") == Lines{"a", "", "b"});
  CHECK(lines_of("a\rb\r\r\n") == Lines{"a\rb\r"});  // one carriage return is the line's end, no more
  CHECK(lines_of("\xEF\xBB\xBF"
                 "a\n\xEF\xBB\xBF"
                 "b") == Lines{"a",
                               "\xEF\xBB\xBF"
                               "b"});
}

TEST_CASE("a compressed file that is cut off anywhere is an error and not a shorter text") {
  const Folder folder;
  std::string text;
  noema::base::Rng rng(3);
  for (int i = 0; i < 3000; ++i) text += "line " + std::to_string(rng.bits()) + "\n";
  write_file(folder.path / "a.txt", text);
  for (const char* pack : {"gzip", "xz"}) {
    REQUIRE(std::system((std::string(pack) + " -kf " + (folder.path / "a.txt").string()).c_str()) == 0);
    const std::string ending = std::string(pack) == "gzip" ? ".gz" : ".xz";
    const std::string whole = read_file(folder.path / ("a.txt" + ending));
    const auto read = [&](const std::string& bytes) {
      write_file(folder.path / ("b" + ending), bytes);
      LineReader reader(folder.path / ("b" + ending));
      std::string all;
      while (auto line = reader.next()) all += *line + "\n";
      return all;
    };
    CHECK(read(whole) == text);
    for (const std::size_t cut : {std::size_t{1}, std::size_t{5}, std::size_t{11}, whole.size() / 3, whole.size() / 2,
                                  whole.size() - 13, whole.size() - 4, whole.size() - 1}) {
      CAPTURE(ending, cut, whole.size());
      CHECK_THAT(message_of([&] { read(whole.substr(0, cut)); }),
                 Catch::Contains("b" + ending + ":") && Catch::Contains("broken or truncated"));
    }
    auto flipped = whole;
    flipped[whole.size() / 2] ^= 4;
    CHECK_FALSE(message_of([&] { read(flipped); }).empty());
  }
}

TEST_CASE("files that were packed one by one and put together are read as one text") {
  const Folder folder;
  for (const char* pack : {"gzip", "xz"}) {
    const std::string ending = std::string(pack) == "gzip" ? ".gz" : ".xz";
    std::string together;
    for (const char* content : {"one\ntwo\n", "three\n"}) {
      write_file(folder.path / "p", content);
      REQUIRE(std::system((std::string(pack) + " -f " + (folder.path / "p").string()).c_str()) == 0);
      together += read_file(folder.path / ("p" + ending));
    }
    write_file(folder.path / ("all" + ending), together);
    LineReader reader(folder.path / ("all" + ending));
    CAPTURE(ending);
    CHECK(reader.next() == "one");
    CHECK(reader.next() == "two");
    CHECK(reader.next() == "three");
    CHECK_FALSE(reader.next());
  }
}

TEST_CASE("pieces of any text make up the text, are no longer than asked for, and never part a character") {
  noema::base::Rng rng(11);
  const std::vector<std::string> parts{"a", "道", "é", "👩‍👩‍👧", " ", "\t", "　", ".", "word", "\u0301"};
  for (int round = 0; round < 300; ++round) {
    std::string text;
    for (std::uint64_t n = rng.below(80); n > 0; --n) text += parts[rng.below(parts.size())];
    const std::size_t most = 16 + rng.below(30);
    std::string joined;
    for (std::string rest = text; !rest.empty();) {
      const std::size_t n = piece_length(rest, most);
      REQUIRE(n > 0);
      REQUIRE(n <= most);
      REQUIRE_FALSE(first_invalid_utf8(rest.substr(0, n)));
      joined += rest.substr(0, n);
      rest.erase(0, n);
    }
    REQUIRE(joined == text);
  }
  CHECK(piece_length("", 16) == 0);
  CHECK(piece_length("short", 16) == 5);
}

TEST_CASE("lines of any lengths are counted alike, read whole or in pieces") {
  const Folder folder;
  noema::base::Rng rng(5);
  std::string text;
  std::vector<std::string> lines;
  for (int i = 0; i < 200; ++i) {
    lines.push_back(std::string(rng.below(i % 10 == 0 ? 90000 : 60), static_cast<char>('a' + i % 26)));
    text += lines.back() + "\n";
  }
  write_file(folder.path / "a", text);
  LineReader whole(folder.path / "a"), pieces(folder.path / "a");
  for (std::size_t i = 0; i < lines.size(); ++i) {
    REQUIRE(whole.next() == lines[i]);
    REQUIRE(whole.line_number() == i + 1);
    std::string joined;
    for (bool ends = false; !ends;) {
      const auto piece = pieces.next_piece(512);
      REQUIRE(piece);
      REQUIRE(piece->line == i + 1);
      joined += piece->text;
      ends = piece->ends_line;
    }
    REQUIRE(joined == lines[i]);
  }
  CHECK_FALSE(pieces.next_piece(512));
  CHECK(pieces.line_number() == lines.size());
}
