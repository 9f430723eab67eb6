#include "memory/file_identity.h"

#include "base/files.h"
#include "tests/memory/support.h"

namespace noema::memory {
namespace {

void append_one(Life& life, const std::string& text) {
  life.append(episode_row(text), text);
  life.commit();
}

}  // namespace

TEST_CASE("a file keeps its identity when it is written, and another file has another") {
  TempFolder folder;
  base::write_file(folder / "a", "1");
  const auto a = identity_of_file(folder / "a");
  REQUIRE(a);
  std::filesystem::rename(folder / "a", folder / "b");
  CHECK(identity_of_file(folder / "b") == a);
  CHECK_FALSE(identity_of_file(folder / "a"));
  base::write_file(folder / "a", "1");
  CHECK(identity_of_file(folder / "a") != a);
}

TEST_CASE("a life that is moved while it is written to stops, and holds what was acknowledged") {
  TempFolder folder;
  {
    Life life = Life::create(folder / "a.life", small_options());
    append_one(life, "before");
    std::filesystem::rename(folder / "a.life", folder / "b.life");
    CHECK_THAT(error_of([&] { append_one(life, "after"); }), Catch::Contains("moved or deleted while it was open"));
    CHECK(life.lost_writes());
  }
  CHECK_FALSE(std::filesystem::exists(folder / "a.life-wal"));
  Life moved = Life::open(folder / "b.life", Access::kWrite);
  CHECK(moved.counts().episodes == 1);
  CHECK(moved.episodes().find(1)->text == "before");
  CHECK(moved.check().empty());
}

TEST_CASE("a life that is deleted or replaced while it is written to stops") {
  TempFolder folder;
  for (const bool replaced : {false, true}) {
    const auto path = folder / (replaced ? "r.life" : "d.life");
    Life life = Life::create(path, small_options());
    append_one(life, "before");
    std::filesystem::remove(path);
    if (replaced) base::write_file(path, "another file");
    CHECK_THAT(error_of([&] { append_one(life, "after"); }),
               Catch::Contains(replaced ? "replaced by another file" : "moved or deleted"));
    CHECK_THAT(error_of([&] { life.write_checkpoint(0, [](CheckpointWriter&) {}); }), Catch::Contains("while it was"));
  }
}

}  // namespace noema::memory
