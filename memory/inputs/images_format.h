#pragma once
// Images with labels: an idx file, or a folder with a folder of PNG files for each class (memory/images/source.h).

#include <memory>

#include "memory/inputs/format.h"

namespace noema::memory {

/// The kind of an input that is an image.
inline constexpr const char* kImageKind = "image";

std::unique_ptr<InputFormat> make_images_format();

}  // namespace noema::memory
