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
