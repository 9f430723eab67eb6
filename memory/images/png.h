#pragma once
// PNG, by libpng: the one format in which a life keeps images, and which folders of images are read in.

#include <optional>
#include <string>
#include <string_view>

#include "memory/images/image.h"

namespace noema::memory {

/// 8 bits of grey a pixel, nothing lost. The image has at least one pixel.
std::string png_of(const Image& image);

/// The image that PNG bytes hold: colours become shades of grey, what is transparent lies on white. Throws base::Error
/// that begins with `name` for bytes that are no PNG, are broken, or hold more than kMostPixels.
Image image_of_png(std::string_view bytes, const std::string& name);

/// Width and height as the header says, without decoding; nothing if there is no header.
struct PngSize {
  std::size_t width = 0, height = 0;
};
std::optional<PngSize> size_of_png(std::string_view bytes);

/// Whether bytes begin as every PNG does.
bool is_png(std::string_view bytes);

}  // namespace noema::memory
