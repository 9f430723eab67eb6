#include "app/server/lives.h"

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "app/actions/names.h"
#include "app/lives.h"
#include "base/error.h"
#include "tests/app/server/served.h"
#include "tests/memory/file_locks.h"

namespace noema::tests {
namespace {

namespace fs = std::filesystem;

/// A folder with copies of one life under some names.
struct FolderOfLives {
  SmallLife small{{"one input"}};
  fs::path path = small.work.path / "lives";
  explicit FolderOfLives(const std::vector<std::string>& names) {
    small.mind.reset();
    fs::create_directories(path);
    for (const std::string& name : names) fs::copy(small.path, path / name);
  }
};

bool is_free(const fs::path& life) {
  try {
    app::open_to_write(life.string());
    return true;
  } catch (const base::Error&) {
    return false;
  }
}

}  // namespace

TEST_CASE("one life is open from the start, and has no name") {
  SmallLife small({"one input"});
  small.mind.reset();
  {
    app::Lives lives(small.path, false);
    CHECK_FALSE(lives.is_folder());
    CHECK_FALSE(is_free(small.path));
    CHECK(lives.life("")->view().life().counts().episodes == 1);
    CHECK(lives.life("").get() == lives.life("").get());
    CHECK_THROWS_AS(lives.life("small.life"), app::UnknownName);
  }
  CHECK(is_free(small.path));
  CHECK_THROWS_AS(app::Lives(small.work.file("none.life"), false), base::Error);
  CHECK_THROWS_AS(app::Lives(small.work.write("text", "text\n"), false), base::Error);
}

TEST_CASE("listing the lives of a folder leaves the locks of those that are open") {
  const FolderOfLives folder({"a.life", "b.life"});
  app::Lives lives(folder.path, false);
  const auto a = lives.life("a.life");
  REQUIRE(memory::is_locked(folder.path / "a.life"));
  CHECK(lives.names() == std::vector<std::string>{"a.life", "b.life"});
  CHECK(memory::is_locked(folder.path / "a.life"));
}

TEST_CASE("a life of a folder is opened when it is first asked for, and is then the same") {
  const FolderOfLives folder({"a.life", "b.life"});
  app::Lives lives(folder.path, false);
  CHECK(lives.is_folder());
  CHECK(is_free(folder.path / "a.life"));
  const auto a = lives.life("a.life");
  CHECK_FALSE(is_free(folder.path / "a.life"));
  CHECK(is_free(folder.path / "b.life"));
  CHECK(lives.life("a.life") == a);
  CHECK(lives.life("b.life") != a);
}

TEST_CASE("the names of a folder are those of its lives; one life has none") {
  const FolderOfLives folder({"b.life", "a.life", ".hidden.life"});
  fs::create_directories(folder.path / "sub");
  fs::create_symlink(folder.small.path, folder.path / "link.life");
  std::ofstream(folder.path / "notes.txt") << std::string(200, 'x');
  std::ofstream(folder.path / "empty") << "";
  CHECK(app::Lives(folder.path, false).names() == std::vector<std::string>{"a.life", "b.life"});
  CHECK(app::Lives(folder.small.path, false).names().empty());
}

TEST_CASE("only a plain file in the folder has a name there") {
  const FolderOfLives folder({"a.life", ".hidden.life"});
  fs::create_directories(folder.path / "sub");
  fs::copy(folder.small.path, folder.path / "sub" / "c.life");
  fs::create_symlink(folder.small.path, folder.path / "link.life");
  app::Lives lives(folder.path, false);
  for (const std::string& name : {std::string(), std::string("none.life"), std::string("link.life"),
                                  std::string(".hidden.life"), std::string("sub"), std::string("sub/c.life"),
                                  std::string("../small.life"), std::string(".."), std::string("."), folder.small.path,
                                  std::string("a.life\0", 7), std::string("sub\\c.life"), std::string(5000, 'a')})
    CHECK_THROWS_AS(lives.life(name), app::UnknownName);
}

TEST_CASE("a file of the folder that is no life is an error each time, and takes no place") {
  const FolderOfLives folder({"a.life"});
  folder.small.work.write("lives/text", "just text\n");
  app::Lives lives(folder.path, false, 1);
  for (int times = 0; times < 3; ++times) CHECK_THROWS_WITH(lives.life("text"), Catch::Contains("no life"));
  CHECK_NOTHROW(lives.life("a.life"));
}

TEST_CASE("at most so many lives are open: the one that was longest not asked gives way, never one in use") {
  const FolderOfLives folder({"a.life", "b.life", "c.life"});
  app::Lives lives(folder.path, false, 2);
  lives.life("a.life");
  lives.life("b.life");
  lives.life("a.life");
  lives.life("c.life");
  CHECK(is_free(folder.path / "b.life"));
  CHECK_FALSE(is_free(folder.path / "a.life"));
  const auto a = lives.life("a.life"), c = lives.life("c.life");
  CHECK_THROWS_WITH(lives.life("b.life"), Catch::Contains("all 2 lives that may be open are in use; try again"));
  CHECK(lives.life("a.life") == a);
}

TEST_CASE("a life that gave way keeps what it was told") {
  const FolderOfLives folder({"a.life", "b.life"});
  app::Lives lives(folder.path, false, 1);
  memory::Input input;
  input.text = "Ann lives in Oslo";
  lives.life("a.life")->tell({input});
  lives.life("b.life");
  CHECK(lives.life("a.life")->view().life().counts().episodes == 2);
}

}  // namespace noema::tests
