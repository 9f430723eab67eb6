#pragma once
// Small files of images for tests.

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "memory/images/png.h"

namespace noema::memory {

inline std::filesystem::path write_bytes(const std::filesystem::path& path, const std::string& bytes) {
  std::filesystem::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << bytes;
  return path;
}

inline std::string idx_header(std::initializer_list<unsigned> sizes) {
  std::string header{'\0', '\0', '\10', static_cast<char>(sizes.size())};
  for (const unsigned size : sizes)
    for (int shift = 24; shift >= 0; shift -= 8) header += static_cast<char>(size >> shift & 255U);
  return header;
}

/// A bright bar across a dark square of 12 x 12 pixels: upright for kind 0, lying for kind 1, `at` pixels in.
inline Image bar(int kind, std::size_t at) {
  constexpr std::size_t kSide = 12;
  Image image{kSide, kSide, std::string(kSide * kSide, '\0')};
  for (std::size_t i = 0; i < kSide; ++i)
    for (std::size_t k = at; k < at + 3; ++k) image.pixels[kind == 0 ? i * kSide + k : k * kSide + i] = '\377';
  return image;
}

/// Bars of both kinds in turn as an idx file, and their labels beside it ("0" and "1"); returns the images' path.
inline std::filesystem::path write_bars(const std::filesystem::path& folder, unsigned count) {
  std::string images = idx_header({count, 12, 12}), labels = idx_header({count});
  for (unsigned i = 0; i < count; ++i) {
    images += bar(static_cast<int>(i % 2), 1 + i / 2 % 7).pixels;
    labels += static_cast<char>(i % 2);
  }
  write_bytes(folder / "bars-labels-idx1-ubyte", labels);
  return write_bytes(folder / "bars-images-idx3-ubyte", images);
}

}  // namespace noema::memory
