#include "memory/images/png.h"

#include <fmt/format.h>
#include <png.h>

#include "base/error.h"

namespace noema::memory {
namespace {

/// What libpng's simplified interface holds, freed at the end.
struct Session {
  png_image image{};
  Session() { image.version = PNG_IMAGE_VERSION; }
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;
  ~Session() { png_image_free(&image); }
  std::string message() const { return image.message; }
};

constexpr std::string_view kSignature("\211PNG\r\n\032\n", 8);

std::size_t big_endian(std::string_view bytes) {
  std::size_t value = 0;
  for (const char byte : bytes) value = value << 8 | static_cast<unsigned char>(byte);
  return value;
}

}  // namespace

bool is_png(std::string_view bytes) { return bytes.substr(0, kSignature.size()) == kSignature; }

std::optional<PngSize> size_of_png(std::string_view bytes) {
  constexpr std::size_t kWidthAt = 16, kHeightAt = 20, kEnd = 24;
  if (!is_png(bytes) || bytes.size() < kEnd) return std::nullopt;
  return PngSize{big_endian(bytes.substr(kWidthAt, 4)), big_endian(bytes.substr(kHeightAt, 4))};
}

std::string png_of(const Image& image) {
  base::check(image.width > 0 && image.height > 0 && image.pixels.size() == image.width * image.height,
              "png_of: an image has as many pixels as its sides say, and at least one");
  Session session;
  session.image.width = static_cast<png_uint_32>(image.width);
  session.image.height = static_cast<png_uint_32>(image.height);
  session.image.format = PNG_FORMAT_GRAY;
  std::string bytes(PNG_IMAGE_PNG_SIZE_MAX(session.image), '\0');
  png_alloc_size_t size = bytes.size();
  const int is_written =
      png_image_write_to_memory(&session.image, bytes.data(), &size, 0, image.pixels.data(), 0, nullptr);
  if (is_written == 0) throw base::Error("an image cannot be written as PNG: " + session.message());
  bytes.resize(size);
  return bytes;
}

Image image_of_png(std::string_view bytes, const std::string& name) {
  if (!is_png(bytes)) throw base::Error(name + ": is no PNG file; expected the signature of PNG at its start");
  Session session;
  const auto refuse = [&] {
    throw base::Error(fmt::format("{}: is a broken PNG ({}); make it anew or take it away", name, session.message()));
  };
  if (png_image_begin_read_from_memory(&session.image, bytes.data(), bytes.size()) == 0) refuse();
  Image image{session.image.width, session.image.height, {}};
  if (is_too_large(image.width, image.height))
    throw base::Error(fmt::format("{}: has {} x {} pixels, at most {} are taken; make it smaller", name, image.width,
                                  image.height, kMostPixels));
  session.image.format = PNG_FORMAT_GRAY;
  image.pixels.assign(image.width * image.height, '\377');
  if (png_image_finish_read(&session.image, nullptr, image.pixels.data(), 0, nullptr) == 0) refuse();
  return image;
}

}  // namespace noema::memory
