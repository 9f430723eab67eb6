#include "memory/inputs/images_format.h"

#include "memory/feed.h"
#include "memory/inputs/reader.h"
#include "tests/memory/images/image_files.h"
#include "tests/memory/support.h"

namespace noema::memory {
namespace {

const InputOptions kImages{.format = "images"};

/// Feeds at most so many images; returns how many the life had.
std::int64_t feed_images(Life& life, const std::filesystem::path& path, int most = 1000) {
  FeedCursor cursor(life, path, {kImages, false});
  for (int fed = 0; fed < most; ++fed) {
    const auto input = cursor.next();
    if (!input) break;
    EpisodeRow row;
    row.source = input->source;
    row.line = input->line;
    row.kind = input->kind;
    row.label = input->label;
    row.image = input->image;
    cursor.stored(life.append(row, ""));
  }
  cursor.acknowledge();
  life.commit();
  return cursor.resumed_after();
}

}  // namespace

TEST_CASE("each image is one input without text, with its label and where it comes from") {
  TempFolder folder;
  InputReader bars(write_bars(folder.path(), 3), kImages);
  bars.next();
  const auto second = bars.next();
  REQUIRE(second);
  CHECK(second->kind == "image");
  CHECK(second->text.empty());
  CHECK(second->label == "1");
  CHECK(second->line == 2);
  CHECK_THAT(second->source, Catch::EndsWith("bars-images-idx3-ubyte"));
  CHECK(image_of_png(*second->image, "it").pixels == bar(1, 1).pixels);
  CHECK(bars.position().lines == 2);
  CHECK(std::string(bars.noun()) == "image");

  write_bytes(folder / "in/lying/a.png", png_of(bar(1, 4)));
  InputReader pngs(folder / "in", kImages);
  const auto png = pngs.next();
  CHECK_THAT(png->source, Catch::EndsWith("in/lying/a.png"));
  CHECK(png->label == "lying");
  CHECK_FALSE(pngs.next());
}

TEST_CASE("images that are fed again go on after what the life has, whatever their file is called") {
  TempFolder folder;
  const auto path = write_bars(folder.path(), 8);
  Life life = Life::create(folder / "a.life", small_options());
  CHECK(feed_images(life, path, 3) == 0);
  CHECK(feed_images(life, path) == 3);
  CHECK(life.counts().episodes == 8);
  std::filesystem::rename(path, folder / "other-images-idx3-ubyte");
  std::filesystem::rename(folder / "bars-labels-idx1-ubyte", folder / "other-labels-idx1-ubyte");
  CHECK(feed_images(life, folder / "other-images-idx3-ubyte") == 8);
  CHECK(life.counts().episodes == 8);
}

TEST_CASE("an image is part of the log's checksum, and comes back as it was stored") {
  TempFolder folder;
  Life life = Life::create(folder / "a.life", small_options());
  feed_images(life, write_bars(folder.path(), 4));
  CHECK(life.check().empty());
  const auto row = life.episodes().find(3);
  CHECK(row->kind == "image");
  CHECK(image_of_png(*row->image, "it").pixels == bar(0, 2).pixels);
  Database(folder / "a.life", OpenMode::kReadWrite, 1)
      .execute("UPDATE episodes SET image = (SELECT image FROM episodes WHERE id = 2) WHERE id = 3");
  REQUIRE(life.check().size() == 1);
  CHECK_THAT(life.check()[0], Catch::Contains("(episode 3): the row or what it points to is not what was stored"));
}

}  // namespace noema::memory
