#pragma once
// An image as a life keeps it: shades of grey.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace noema::memory {

/// Rows of pixels from the top, each pixel one byte from black (0) to white (255).
struct Image {
  std::size_t width = 0, height = 0;
  std::string pixels;  ///< width x height bytes
};

/// Each pixel as a number from 0 (black) to 1 (white).
inline std::vector<float> shades_of(std::string_view pixels) {
  std::vector<float> shades;
  shades.reserve(pixels.size());
  for (const char pixel : pixels) shades.push_back(static_cast<float>(static_cast<unsigned char>(pixel)) / 255.0F);
  return shades;
}

/// Every place of an image is a part of what its class is told by, so large ones would be large in every class.
inline constexpr std::size_t kMostPixels = std::size_t{512} * 512;

inline bool is_too_large(std::uint64_t width, std::uint64_t height) {
  return width > kMostPixels || height > kMostPixels || width * height > kMostPixels;
}

}  // namespace noema::memory
