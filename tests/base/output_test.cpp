#include "base/output.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <csignal>
#include <fstream>
#include <thread>

#include "base/error.h"
#include "base/files.h"

using namespace noema;
namespace fs = std::filesystem;

namespace {

struct Folder {
  fs::path path = fs::temp_directory_path() / ("noema_output_" + std::to_string(::getpid()));
  Folder() { fs::create_directories(path); }
  ~Folder() { fs::remove_all(path); }
};

std::size_t files_in(const fs::path& folder) {
  return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

}  // namespace

TEST_CASE("a regular file is replaced at once and keeps its permissions") {
  const Folder folder;
  const fs::path file = folder.path / "a";
  base::write_file(file, "one");
  fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write);
  base::write_file(file, "two");
  CHECK(base::read_file(file) == "two");
  CHECK(fs::status(file).permissions() == (fs::perms::owner_read | fs::perms::owner_write));
  CHECK(files_in(folder.path) == 1);
}

TEST_CASE("a symbolic link is followed, to a file that is there or not, and stays a link") {
  const Folder folder;
  fs::create_directory(folder.path / "elsewhere");
  fs::create_symlink("elsewhere/target", folder.path / "link");
  fs::create_symlink("link", folder.path / "second");
  for (const char* content : {"new", "again"}) {
    base::write_file(folder.path / "second", content);
    CHECK(fs::is_symlink(folder.path / "second"));
    CHECK(fs::is_symlink(folder.path / "link"));
    CHECK(base::read_file(folder.path / "elsewhere" / "target") == content);
  }
  fs::create_symlink("circle", folder.path / "circle");
  CHECK_THROWS_AS(base::write_file(folder.path / "circle", "x"), base::Error);
}

TEST_CASE("a FIFO is written through and stays a FIFO") {
  const Folder folder;
  const fs::path fifo = folder.path / "fifo";
  REQUIRE(::mkfifo(fifo.c_str(), 0600) == 0);
  const std::string content(300000, 'x');
  std::string read;
  std::thread reader([&] {
    std::ifstream in(fifo, std::ios::binary);
    read.assign(std::istreambuf_iterator<char>(in), {});
  });
  base::write_file(fifo, content);
  reader.join();
  CHECK(read == content);
  CHECK(fs::is_fifo(fifo));
}

TEST_CASE("what cannot be written to is refused in one line, before and when writing") {
  const Folder folder;
  CHECK_THROWS_WITH(base::write_file(folder.path, "x"), Catch::Contains("is a folder"));
  CHECK_THROWS_WITH(base::require_writable(folder.path), Catch::Contains("is a folder"));
  CHECK_THROWS_WITH(base::write_file("/dev/full", "x"), Catch::Contains("No space left"));
  CHECK_THROWS_AS(base::write_file(folder.path / "none" / "a", "x"), base::Error);
  CHECK_THROWS_WITH(base::require_writable(folder.path / "none" / "a"), Catch::Contains("create it"));
  CHECK_NOTHROW(base::require_writable(folder.path / "a"));
  CHECK_NOTHROW(base::write_file("/dev/null", "x"));
  CHECK(files_in(folder.path) == 0);
}

TEST_CASE("a write that fails leaves the file as it was and nothing beside it") {
  const Folder folder;
  base::write_file(folder.path / "a", "before");
  rlimit before{};
  REQUIRE(::getrlimit(RLIMIT_FSIZE, &before) == 0);
  const auto handler = std::signal(SIGXFSZ, SIG_IGN);
  const rlimit small{1000, before.rlim_max};  // a file that may not grow stands in for a full disk
  REQUIRE(::setrlimit(RLIMIT_FSIZE, &small) == 0);
  std::string said;
  try {
    base::write_file(folder.path / "a", std::string(5000, 'x'));
  } catch (const base::Error& error) {
    said = error.what();
  }
  ::setrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, handler);
  CHECK_THAT(said, Catch::Contains("/a: writing failed") && Catch::Contains("nothing was changed"));
  CHECK(base::read_file(folder.path / "a") == "before");
  CHECK(files_in(folder.path) == 1);
}

TEST_CASE("whoever reads while a file is written sees the old content or the new one, whole") {
  const Folder folder;
  const fs::path file = folder.path / "a";
  const std::string one(200000, '1'), two(200000, '2');
  base::write_file(file, one);
  std::thread writer([&] {
    for (int i = 0; i < 20; ++i) base::write_file(file, i % 2 == 0 ? two : one);
  });
  for (int i = 0; i < 50; ++i) {
    const std::string seen = base::read_file(file);
    CHECK((seen == one || seen == two));
  }
  writer.join();
  CHECK(base::read_file(file) == one);
}

TEST_CASE("a file in the folder where the program runs needs no folder in its name") {
  const Folder folder;
  const fs::path before = fs::current_path();
  fs::current_path(folder.path);
  CHECK_NOTHROW(base::require_writable("plain"));
  base::write_file("plain", "x");
  CHECK(base::read_file("plain") == "x");
  fs::current_path(before);
  CHECK(files_in(folder.path) == 1);
}

TEST_CASE("a link into a folder that is not there is refused with that folder's name") {
  const Folder folder;
  fs::create_symlink("none/target", folder.path / "link");
  CHECK_THROWS_WITH(base::require_writable(folder.path / "link"), Catch::Contains("none: no such folder"));
  CHECK_THROWS_WITH(base::write_file(folder.path / "link", "x"), Catch::Contains("cannot be written"));
  CHECK(fs::is_symlink(folder.path / "link"));
}
