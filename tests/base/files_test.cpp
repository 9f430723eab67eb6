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

TEST_CASE("write_file replaces whole files and says why it cannot") {
  const Folder folder;
  write_file(folder.path / "x", "1");
  write_file(folder.path / "x", "22");
  CHECK(read_file(folder.path / "x") == "22");
  CHECK_THAT(message_of([&] { write_file(folder.path / "no" / "x", "1"); }), Catch::Contains("cannot be written"));
}

TEST_CASE("any bytes come back from a file as they were written, none among them") {
  const Folder folder;
  std::string all;
  for (int i = 0; i < 70000; ++i) all += static_cast<char>(i);
  for (const std::string& content : {std::string(), std::string("\0", 1), std::string("a\r\n\xff"), all}) {
    write_file(folder.path / "x", content);
    CHECK(read_file(folder.path / "x") == content);
  }
}

TEST_CASE("what is no file is refused with what it is, before it is opened") {
  const Folder folder;
  CHECK(message_of([&] { require_file(folder.path / "absent"); }) ==
        (folder.path / "absent").string() + ": no such file; check the path");
  CHECK(message_of([&] { read_file(folder.path); }) == folder.path.string() + ": is a folder, expected a file");
  fs::create_symlink("nowhere", folder.path / "dangling");
  CHECK_THAT(message_of([&] { read_file(folder.path / "dangling"); }), Catch::Contains("no such file"));
  write_file(folder.path / "x", "1");
  fs::create_symlink("x", folder.path / "link");
  CHECK(read_file(folder.path / "link") == "1");
  CHECK_NOTHROW(require_file("/dev/null"));
}

TEST_CASE("a file whose name holds spaces, characters or bytes that are no text is read by it") {
  const Folder folder;
  for (const std::string& name : {std::string("a b"), std::string("道"), std::string("-x"), std::string("\xff\xfe")}) {
    write_file(folder.path / name, name);
    CHECK(read_file(folder.path / name) == name);
  }
}
