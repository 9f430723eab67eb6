#include "experiments/streams/images.h"

#include <catch2/catch.hpp>

#include "base/error.h"
#include "tests/experiments/streams/reading.h"

using namespace noema::experiments;
using noema::reasoning::Features;

namespace {

using namespace std::string_literals;

/// Four images of 2 x 2 pixels, and their labels.
const std::string kImages =
    "\0\0\10\3\0\0\0\4\0\0\0\2\0\0\0\2"s + "\0\377\0\0"s + "\377\0\0\0"s + "\0\0\377\0"s + "\0\0\0\377"s;
const std::string kLabels = "\0\0\10\1\0\0\0\4\1\7\1\7"s;

}  // namespace

TEST_CASE("idx files are read: pixels from 0 to 1, the width of a row, labels as numbers", "[classes]") {
  const TemporaryFolder folder;
  const Items items = read_idx(write(folder, "i", kImages), write(folder, "l", kLabels));
  REQUIRE(items.size() == 4);
  const auto& first = std::get<Features>(items[0]);
  CHECK(first.label == "1");
  CHECK(first.width == 2);
  CHECK(first.values == std::vector<float>{0, 1, 0, 0});
  CHECK(std::get<Features>(items[3]).label == "7");
}

TEST_CASE("broken idx files are refused by name", "[classes]") {
  const TemporaryFolder folder;
  const auto images = write(folder, "i", kImages), labels = write(folder, "l", kLabels);
  const auto refused = [&](const std::string& name, const std::string& bytes, const std::string& why) {
    CHECK_THROWS_WITH(read_idx(write(folder, name, bytes), labels), Catch::Contains(name) && Catch::Contains(why));
  };
  refused("short", kImages.substr(0, 20), "ends after 4");
  refused("empty", "", "ends in its header");
  refused("x.gz", kImages, "cannot be decompressed");
  refused("none", "\0\0\10\3\0\0\0\0\0\0\0\2\0\0\0\2"s, "a dimension is 0");
  refused("huge", "\0\0\10\3\377\377\377\377\377\377\377\377\377\377\377\377"s, "a dimension is 4294967295");
  refused("floats", "\0\0\15\3"s + kImages.substr(4), "magic number");
  CHECK_THROWS_WITH(read_idx(labels, labels), Catch::Contains("magic number"));
  CHECK_THROWS_WITH(read_idx(folder / "absent", labels), Catch::Contains("absent: cannot be opened"));
  CHECK_THROWS_WITH(read_idx(images, write(folder, "few", "\0\0\10\1\0\0\0\1\1"s)), Catch::Contains("1 labels"));
}

TEST_CASE("the last images are held out for validation, and the test's are not read for it", "[classes]") {
  const TemporaryFolder folder;
  const auto images = write(folder, "i", kImages), labels = write(folder, "l", kLabels);
  StreamConfig config("images");
  config.paths = {images, labels, folder / "test images", folder / "test labels"};
  config.settings.set("tasks", std::int64_t{1});
  config.settings.set("held_out", 0.25);
  const ClassTasks stream = stream_kind("images").read_tasks(config, 1);
  CHECK(learned_in(stream) == 3);
  REQUIRE(asked_in(stream) == 1);
  CHECK(std::get<Features>(stream.tasks[0].test[0]).values == std::vector<float>{0, 0, 0, 1});
  CHECK_THROWS_WITH(read("images", config.paths, {true, 1}), Catch::Contains("test images: cannot be opened"));
}

TEST_CASE("an image that is learned from and asked about is a leak", "[classes]") {
  const TemporaryFolder folder;
  const auto images = write(folder, "i", kImages), labels = write(folder, "l", kLabels);
  CHECK_THROWS_WITH(read("images", {images, labels, images, labels}, {true, 1}), Catch::Contains("leaks"));
  CHECK_THROWS_WITH(read("images", {images, labels}), Catch::Contains("names 2 files; expected four"));
}
