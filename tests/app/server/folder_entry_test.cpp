#include "app/server/folder_entry.h"

#include <catch2/catch.hpp>
#include <fstream>

#include "tests/app/program.h"

using noema::app::has_entry;
namespace fs = std::filesystem;

TEST_CASE("a folder has its own entries of the type that is asked for, and neither links nor what lies outside") {
  const noema::tests::Workplace work;
  const fs::path folder = fs::path(work.path) / "folder";
  fs::create_directories(folder / "inner");
  std::ofstream(folder / "file");
  std::ofstream(folder / ".hidden");
  std::ofstream(fs::path(work.path) / "outside");
  fs::create_symlink(folder / "file", folder / "link");
  CHECK(has_entry(folder, "file", fs::file_type::regular));
  CHECK(has_entry(folder, "inner", fs::file_type::directory));
  CHECK_FALSE(has_entry(folder, "inner", fs::file_type::regular));
  for (const std::string& name : {std::string(""), std::string("."), std::string(".."), std::string("../outside"),
                                  std::string("inner/../file"), std::string("..\\outside"), std::string(".hidden"),
                                  std::string("link"), std::string("none"), std::string("file\0", 5)})
    CHECK_FALSE(has_entry(folder, name, fs::file_type::regular));
}
