#include "memory/images/image.h"

#include <catch2/catch.hpp>

namespace noema::memory {

TEST_CASE("a pixel is a number from 0 for black to 1 for white, in the order of the pixels") {
  CHECK(shades_of({"\0\377\x33", 3}) == std::vector<float>{0, 1, 0.2F});
  CHECK(shades_of("").empty());
}

TEST_CASE("each of the 256 shades is a number of its own, brighter ones larger") {
  std::string pixels;
  for (int shade = 0; shade < 256; ++shade) pixels += static_cast<char>(shade);
  const std::vector<float> shades = shades_of(pixels);
  REQUIRE(shades.size() == 256);
  for (std::size_t i = 0; i < shades.size(); ++i) {
    CHECK(shades[i] == static_cast<float>(i) / 255);
    if (i > 0) CHECK(shades[i - 1] < shades[i]);
  }
}

TEST_CASE("an image is too large by its pixels, whatever its sides") {
  CHECK(kMostPixels == 262144);
  for (const auto& [width, height] : std::vector<std::pair<std::uint64_t, std::uint64_t>>{
           {512, 512}, {262144, 1}, {1, 262144}, {0, 0}, {0, 262144}, {28, 28}})
    CHECK_FALSE(is_too_large(width, height));
  for (const auto& [width, height] : std::vector<std::pair<std::uint64_t, std::uint64_t>>{
           {513, 512}, {262145, 1}, {1, 262145}, {262144, 2}, {0, 262145}})
    CHECK(is_too_large(width, height));
}

TEST_CASE("sides whose product does not fit 64 bits are too large, not small") {
  for (const std::uint64_t side : {std::uint64_t{1} << 32, std::uint64_t{1} << 33, ~std::uint64_t{0}})
    CHECK(is_too_large(side, side));
}

}  // namespace noema::memory
