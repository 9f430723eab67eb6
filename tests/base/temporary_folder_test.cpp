#include "base/temporary_folder.h"

#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>

#include "base/error.h"

using noema::base::TemporaryFolder;
namespace fs = std::filesystem;

TEST_CASE("a temporary folder is new, for its user alone, and gone with all that is in it") {
  fs::path path;
  {
    const TemporaryFolder folder, other;
    path = folder.path();
    CHECK(path != other.path());
    CHECK(fs::is_empty(path));
    CHECK((fs::status(path).permissions() & fs::perms::all) == fs::perms::owner_all);
    fs::create_directories(path / "in" / "it");
    std::ofstream(path / "in" / "file") << "text";
  }
  CHECK_FALSE(fs::exists(path));
}

TEST_CASE("a program that ends where it stands removes its temporary folders first") {
  const TemporaryFolder folder;
  std::ofstream(folder.path() / "file") << "text";
  noema::base::remove_temporary_folders();
  CHECK_FALSE(fs::exists(folder.path()));
}

TEST_CASE("where no folder can be made the message says which and what to do") {
  const char* before = std::getenv("TMPDIR");
  const std::string kept = before ? before : "";
  ::setenv("TMPDIR", "/proc", 1);
  CHECK_THROWS_WITH(TemporaryFolder(), Catch::Contains("/proc: no temporary folder") && Catch::Contains("set TMPDIR"));
  before ? ::setenv("TMPDIR", kept.c_str(), 1) : ::unsetenv("TMPDIR");
}
