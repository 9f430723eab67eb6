#pragma once
// Images with their labels, from idx files and from folders of PNG files.

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "memory/images/image.h"

namespace noema::memory {

struct NamedImage {
  Image image;
  std::string name;  ///< of its file within the folder; empty where one file holds all images
  std::optional<std::string> label;
};

/// One image after another, in an order that follows from the names of the files.
class ImageSource {
 public:
  virtual ~ImageSource() = default;
  /// The next image, or nothing after the last. Throws base::Error for a file that is broken or too large.
  virtual std::optional<NamedImage> next() = 0;
  /// Bytes read of the files, about, and how many they have.
  virtual std::uint64_t bytes_read() const = 0;
  virtual std::uint64_t bytes_of_files() const = 0;
};

enum class Labels { kNeeded, kIfThere };

/// What a path names: an idx file of images, whose labels lie beside it in the file with "labels" for "images" and
/// "idx1" for "idx3" in its name; a folder with a folder of PNG files for each class, which is named as the class is;
/// and, where labels are not needed, a folder of PNG files or one of them. An idx file is read through once before the
/// first image is given, so that one that is damaged gives none. Throws base::Error for anything else. remark: told
/// which files in a folder are passed over; may be empty.
std::unique_ptr<ImageSource> open_images(const std::filesystem::path& path, Labels labels,
                                         const std::function<void(const std::string&)>& remark);

/// Whether a path is a folder, an idx file or a PNG file.
bool are_images(const std::filesystem::path& path);

/// The file of labels beside an idx file of images, whether it is there or not; nothing if the name of the images does
/// not say which.
std::optional<std::filesystem::path> labels_beside(const std::filesystem::path& images);

}  // namespace noema::memory
