#include "memory/images/source.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <vector>

#include "base/error.h"
#include "base/files.h"
#include "base/text.h"
#include "memory/images/idx.h"
#include "memory/images/png.h"

namespace noema::memory {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t kMostFileBytes = std::uintmax_t{64} << 20;

std::uint64_t size_of(const fs::path& path) {
  std::error_code code;
  const std::uintmax_t size = fs::file_size(path, code);
  return code ? 0 : size;
}

// --- idx -----------------------------------------------------------------------------------------------------------

class IdxImages final : public ImageSource {
 public:
  IdxImages(const fs::path& path, const std::optional<fs::path>& labels) : images_(path, 3), bytes_(size_of(path)) {
    if (is_too_large(images_.sizes()[2], images_.sizes()[1]))
      throw base::Error(fmt::format("{}: its images have {} x {} pixels, at most {} are taken; make them smaller",
                                    path.string(), images_.sizes()[2], images_.sizes()[1], kMostPixels));
    if (labels) labels_.emplace(*labels, 1);
    if (labels_ && labels_->sizes()[0] != images_.sizes()[0])
      throw base::Error(fmt::format("{} holds {} images and {} holds {} labels; expected as many", path.string(),
                                    images_.sizes()[0], labels->string(), labels_->sizes()[0]));
    for (IdxReader reader(path, 3); reader.next();) {
    }
    if (labels_)
      for (IdxReader reader(*labels, 1); reader.next();) {
      }
  }

  std::optional<NamedImage> next() override {
    auto pixels = images_.next();
    if (!pixels) return std::nullopt;
    NamedImage image{{images_.sizes()[2], images_.sizes()[1], *std::move(pixels)}, {}, {}};
    if (labels_) image.label = std::to_string(static_cast<unsigned char>(labels_->next().value().front()));
    return image;
  }
  std::uint64_t bytes_read() const override { return images_.bytes_read(); }
  std::uint64_t bytes_of_files() const override { return bytes_; }

 private:
  IdxReader images_;
  std::optional<IdxReader> labels_;
  std::uint64_t bytes_;
};

// --- PNG files -----------------------------------------------------------------------------------------------------

struct PngFile {
  fs::path path;
  std::string name;
  std::optional<std::string> label;
};

class PngImages final : public ImageSource {
 public:
  explicit PngImages(std::vector<PngFile> files) : files_(std::move(files)) {
    for (const PngFile& file : files_) bytes_ += size_of(file.path);
  }
  std::optional<NamedImage> next() override {
    if (given_ == files_.size()) return std::nullopt;
    const PngFile& file = files_[given_++];
    const std::uint64_t bytes = size_of(file.path);
    if (bytes > kMostFileBytes)
      throw base::Error(fmt::format("{}: has {} bytes, at most {} are taken; make the image smaller",
                                    file.path.string(), bytes, kMostFileBytes));
    read_ += bytes;
    return NamedImage{image_of_png(base::read_file(file.path), file.path.string()), file.name, file.label};
  }
  std::uint64_t bytes_read() const override { return read_; }
  std::uint64_t bytes_of_files() const override { return bytes_; }

 private:
  std::vector<PngFile> files_;
  std::size_t given_ = 0;
  std::uint64_t read_ = 0, bytes_ = 0;
};

bool is_named_png(const fs::path& path) {
  std::string ending = path.extension().string();
  std::transform(ending.begin(), ending.end(), ending.begin(), [](unsigned char c) { return std::tolower(c); });
  return ending == ".png";
}

/// Entries of a folder in the order of their names, without hidden ones.
std::vector<fs::path> entries_of(const fs::path& folder) {
  std::vector<fs::path> entries;
  std::error_code code;
  for (fs::directory_iterator next(folder, code), end; !code && next != end; next.increment(code))
    if (!next->path().filename().string().starts_with('.')) entries.push_back(next->path());
  if (code) throw base::Error(fmt::format("{}: cannot be read: {}", folder.string(), code.message()));
  std::sort(entries.begin(), entries.end());
  return entries;
}

using Remark = std::function<void(const std::string&)>;

/// Finds the PNG files of a folder and of the folders in it.
class Walk {
 public:
  Walk(const fs::path& folder, Labels labels, const Remark& remark) : labels_(labels), remark_(remark) {
    for (const fs::path& entry : entries_of(folder)) {
      if (fs::is_directory(entry))
        take_class(entry);
      else if (is_named_png(entry) && labels == Labels::kIfThere)
        files.push_back({entry, entry.filename().string(), {}});
      else
        pass_over(entry, is_named_png(entry) ? "lies in no folder that names its class" : "is no .png file");
    }
    if (files.empty()) throw base::Error(fmt::format("{}: holds no images; expected {}", folder.string(), expected()));
  }

  std::vector<PngFile> files;

 private:
  const char* expected() const {
    return labels_ == Labels::kNeeded ? "a folder of .png files for each class, named as the class is"
                                      : ".png files, or a folder of them for each class";
  }
  void take_class(const fs::path& folder) {
    const std::string label = folder.filename().string();
    if (base::first_invalid_utf8(label))
      throw base::Error(folder.string() + ": the name of the folder is no UTF-8, and names a class; rename it");
    for (const fs::path& entry : entries_of(folder)) {
      if (is_named_png(entry) && !fs::is_directory(entry))
        files.push_back({entry, label + "/" + entry.filename().string(), label});
      else
        pass_over(entry, "is no .png file");
    }
  }
  void pass_over(const fs::path& entry, const char* why) const {
    if (remark_) remark_(fmt::format("{} {}: passed over", entry.string(), why));
  }

  Labels labels_;
  const Remark& remark_;
};

bool begins_as_png(const fs::path& path) {
  std::error_code code;
  if (!fs::is_regular_file(path, code)) return false;
  std::ifstream file(path, std::ios::binary);
  std::string bytes(8, '\0');
  file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  return is_png(bytes);
}

/// Replaces the last `what` in the text; false if there is none.
bool replace_last(std::string& text, std::string_view what, std::string_view by) {
  const std::size_t at = text.rfind(what);
  if (at == std::string::npos) return false;
  text.replace(at, what.size(), by);
  return true;
}

std::unique_ptr<ImageSource> open_idx(const fs::path& path, Labels labels) {
  std::optional<fs::path> beside = labels_beside(path);
  if (beside && fs::exists(*beside)) return std::make_unique<IdxImages>(path, beside);
  if (labels == Labels::kIfThere) return std::make_unique<IdxImages>(path, std::nullopt);
  if (!beside)
    throw base::Error(
        fmt::format("{}: its name does not say which file holds its labels; expected a name such as "
                    "train-images-idx3-ubyte, whose labels are in train-labels-idx1-ubyte",
                    path.string()));
  throw base::Error(
      fmt::format("{}: its labels are not beside it; expected them in {}", path.string(), beside->filename().string()));
}

}  // namespace

std::optional<fs::path> labels_beside(const fs::path& images) {
  std::string name = images.filename().string();
  if (!replace_last(name, "images", "labels")) return std::nullopt;
  replace_last(name, "idx3", "idx1");
  const fs::path beside = images.parent_path() / name;
  if (fs::exists(beside)) return beside;
  const fs::path other =
      beside.extension() == ".gz" ? fs::path(beside).replace_extension() : fs::path(beside.string() + ".gz");
  return fs::exists(other) ? other : beside;
}

bool are_images(const fs::path& path) {
  std::error_code code;
  return fs::is_directory(path, code) || begins_as_png(path) || is_idx(path);
}

std::unique_ptr<ImageSource> open_images(const fs::path& path, Labels labels,
                                         const std::function<void(const std::string&)>& remark) {
  std::error_code code;
  if (fs::is_directory(path, code)) return std::make_unique<PngImages>(Walk(path, labels, remark).files);
  base::require_file(path);
  if (begins_as_png(path)) {
    if (labels == Labels::kNeeded)
      throw base::Error(
          fmt::format("{}: is one image without a label; expected a folder with a folder of .png files "
                      "for each class, or an idx file of images",
                      path.string()));
    return std::make_unique<PngImages>(std::vector<PngFile>{{path, path.filename().string(), {}}});
  }
  return open_idx(path, labels);
}

}  // namespace noema::memory
