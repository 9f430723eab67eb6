#include "memory/images/idx.h"

#include "tests/memory/images/image_files.h"
#include "tests/memory/support.h"

namespace noema::memory {

TEST_CASE("an idx file gives the elements of its first dimension in order, and then nothing") {
  TempFolder folder;
  IdxReader images(write_bytes(folder / "i", idx_header({3, 1, 2}) + "aabbcc"), 3);
  CHECK(images.sizes() == std::vector<std::size_t>{3, 1, 2});
  CHECK(images.next() == "aa");
  CHECK(images.next() == "bb");
  CHECK(images.next() == "cc");
  CHECK_FALSE(images.next());
  IdxReader labels(write_bytes(folder / "l", idx_header({2}) + "xy"), 1);
  CHECK(labels.next() == "x");
}

TEST_CASE("an idx file that is broken is refused by name") {
  TempFolder folder;
  const auto why = [&](const std::string& bytes, const char* name = "a") {
    const auto path = write_bytes(folder / name, bytes);
    return error_of([&] {
      IdxReader reader(path, 3);
      while (reader.next()) {
      }
    });
  };
  CHECK_THAT(why(""), Catch::Contains("a: it ends in its header"));
  CHECK_THAT(why(idx_header({2, 1, 2}) + "aab"), Catch::Contains("a: it ends after 3 of 4 bytes"));
  CHECK_THAT(why(idx_header({2, 1, 2}) + "aabbc"), Catch::Contains("a: it goes on after the 4 bytes"));
  CHECK_THAT(why(idx_header({2})), Catch::Contains("magic number"));
  CHECK_THAT(why(idx_header({0, 1, 2})), Catch::Contains("a dimension is 0"));
  CHECK_THAT(why(idx_header({1000000, 1000000, 1000000})), Catch::Contains("a dimension is 1000000"));
  CHECK_THAT(why("no gzip", "a.gz"), Catch::Contains("a.gz: it cannot be decompressed"));
  CHECK_THAT(error_of([&] { IdxReader(folder / "none", 3); }), Catch::Contains("none: cannot be opened"));
}

TEST_CASE("a file of idx is told from a text by its first two bytes") {
  TempFolder folder;
  CHECK(is_idx(write_bytes(folder / "i", idx_header({1}))));
  CHECK_FALSE(is_idx(write_bytes(folder / "t", "text\n")));
  CHECK_FALSE(is_idx(write_bytes(folder / "t.gz", "text\n")));
  CHECK_FALSE(is_idx(folder / "none"));
  CHECK_FALSE(is_idx(folder.path()));
}

}  // namespace noema::memory
