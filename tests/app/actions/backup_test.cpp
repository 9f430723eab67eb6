#include "app/actions/backup.h"

#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <thread>

#include "app/actions/check.h"
#include "base/error.h"
#include "base/files.h"
#include "tests/app/small_life.h"

using namespace noema;
using tests::SmallLife;

TEST_CASE("a life is backed up into a new file, through a link and into a FIFO, and never over a file") {
  SmallLife life({"a b c"});
  life.mind->checkpoint();
  const auto reader = app::open_to_read(life.path);
  const auto copy = app::backup(reader, life.work.file("copy.life"));
  CHECK(copy.file_bytes > 0);
  CHECK_THROWS_AS(app::backup(reader, life.work.file("copy.life")), base::Error);
  std::filesystem::create_symlink("behind.life", life.work.path / "link");
  app::backup(reader, life.work.file("link"));
  CHECK(std::filesystem::is_symlink(life.work.path / "link"));
  CHECK(app::check(app::open_to_read(life.work.file("behind.life"))).problems.empty());
  CHECK_THROWS_WITH(app::backup(reader, life.work.file("link")), Catch::Contains("exists"));
  const std::string fifo = life.work.file("fifo");
  REQUIRE(::mkfifo(fifo.c_str(), 0600) == 0);
  std::string piped;
  std::thread pipe([&] {
    std::ifstream in(fifo, std::ios::binary);
    piped.assign(std::istreambuf_iterator<char>(in), {});
  });
  app::backup(reader, fifo);
  pipe.join();
  CHECK(piped == base::read_file(life.work.file("behind.life")));
}
