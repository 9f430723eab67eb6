#include "memory/images/png.h"

#include "tests/memory/images/image_files.h"
#include "tests/memory/support.h"

namespace noema::memory {
namespace {

/// All shades of grey.
Image shades() {
  Image image{16, 16, {}};
  for (int shade = 0; shade < 256; ++shade) image.pixels += static_cast<char>(shade);
  return image;
}

}  // namespace

TEST_CASE("an image comes back from PNG as it was, and its size is read without decoding") {
  for (const Image& image : {shades(), bar(0, 2), Image{1, 1, "x"}}) {
    const std::string png = png_of(image);
    CHECK(is_png(png));
    CHECK(png == png_of(image));
    const Image again = image_of_png(png, "it");
    CHECK(again.width == image.width);
    CHECK(again.height == image.height);
    CHECK(again.pixels == image.pixels);
    CHECK(size_of_png(png)->width == image.width);
    CHECK(size_of_png(png)->height == image.height);
  }
}

TEST_CASE("a PNG that is broken anywhere is refused by name") {
  const std::string png = png_of(shades());
  const auto why = [](const std::string& bytes) { return error_of([&] { image_of_png(bytes, "a.png"); }); };
  CHECK_THAT(why(""), Catch::Contains("a.png: is no PNG file"));
  CHECK_THAT(why("GIF89a"), Catch::Contains("a.png: is no PNG file"));
  for (const std::size_t kept : {8UL, 20UL, 40UL, png.size() / 2, png.size() - 20})
    CHECK_THAT(why(png.substr(0, kept)), Catch::Contains("a.png: is a broken PNG"));
  std::string flipped = png;
  flipped[png.size() / 2] ^= 0x55;
  CHECK_THAT(why(flipped), Catch::Contains("a.png: is a broken PNG"));
  CHECK_FALSE(size_of_png("no image"));
}

TEST_CASE("a PNG of huge sides is refused before there is room for its pixels") {
  std::string png = png_of({600, 600, std::string(600UL * 600, '\0')});
  CHECK_THAT(error_of([&] { image_of_png(png, "a.png"); }),
             Catch::Contains("a.png: has 600 x 600 pixels, at most 262144"));
}

}  // namespace noema::memory
