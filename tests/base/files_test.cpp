#include "base/files.h"

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <functional>

#include "base/error.h"

using namespace noema::base;
namespace fs = std::filesystem;

namespace {

struct Folder {
  fs::path path = fs::temp_directory_path() / ("noema_files_" + std::to_string(std::rand()));
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
    CHECK(reader.next() == "one");
    CHECK(reader.next() == "");
    CHECK(reader.next() == "two 道");
    CHECK(reader.line_number() == 3);
    CHECK_FALSE(reader.next());
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

TEST_CASE("write_file replaces whole files and says why it cannot") {
  const Folder folder;
  write_file(folder.path / "x", "1");
  write_file(folder.path / "x", "22");
  CHECK(read_file(folder.path / "x") == "22");
  CHECK_THAT(message_of([&] { write_file(folder.path / "no" / "x", "1"); }), Catch::Contains("cannot be written"));
}
