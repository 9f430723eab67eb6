#pragma once
// An image as a life keeps it: shades of grey.

#include <cstddef>
#include <cstdint>
#include <string>

namespace noema::memory {

/// Rows of pixels from the top, each pixel one byte from black (0) to white (255).
struct Image {
  std::size_t width = 0, height = 0;
  std::string pixels;  ///< width x height bytes
};

/// Every place of an image is a part of what its class is told by, so large ones would be large in every class.
inline constexpr std::size_t kMostPixels = std::size_t{512} * 512;

inline bool is_too_large(std::uint64_t width, std::uint64_t height) {
  return width > kMostPixels || height > kMostPixels || width * height > kMostPixels;
}

}  // namespace noema::memory
