#include "memory/inputs/images_format.h"

#include <charconv>

#include "base/error.h"
#include "memory/images/png.h"
#include "memory/images/source.h"

namespace noema::memory {
namespace {

/// What stands for an image as a line does for a text, and is hashed to recognise a file: label, name and width, each
/// ended by a zero byte, and the pixels.
std::string line_of(const NamedImage& image) {
  std::string line = image.label.value_or("");
  line += '\0';
  line += image.name;
  line += '\0';
  line += std::to_string(image.image.width);
  line += '\0';
  return line += image.image.pixels;
}

std::string take_field(std::string_view& line) {
  const std::size_t end = line.find('\0');
  base::check(end != std::string_view::npos, "the line of an image has three fields and pixels");
  std::string field(line.substr(0, end));
  line.remove_prefix(end + 1);
  return field;
}

class ImageLines final : public InputSource {
 public:
  ImageLines(std::filesystem::path path, const std::function<void(const std::string&)>& remark)
      : path_(std::move(path)), images_(open_images(path_, Labels::kNeeded, remark)) {}
  std::optional<base::LinePiece> next() override {
    const auto image = images_->next();
    if (!image) return std::nullopt;
    return base::LinePiece{line_of(*image), ++number_, 0, true};
  }
  void restart() override {
    images_ = open_images(path_, Labels::kNeeded, {});
    number_ = 0;
  }
  bool rereadable() const override { return true; }
  std::uint64_t line_number() const override { return number_; }
  std::uint64_t bytes_read() const override { return images_->bytes_read(); }
  std::uint64_t bytes_of_file() const override { return images_->bytes_of_files(); }

 private:
  std::filesystem::path path_;
  std::unique_ptr<ImageSource> images_;
  std::uint64_t number_ = 0;
};

class ImagesFormat final : public InputFormat {
 public:
  bool needs_whole_lines() const override { return true; }
  const char* noun() const override { return "image"; }
  bool takes_folders() const override { return true; }
  std::unique_ptr<InputSource> open(const std::filesystem::path& path, const InputPlace& place,
                                    base::LineReader::WhileWaiting) override {
    return std::make_unique<ImageLines>(path, place.remark);
  }
  void read(const base::LinePiece& piece, const InputPlace& place, std::vector<Input>& inputs) override {
    std::string_view line = piece.text;
    Input& input = inputs.emplace_back();
    input.kind = kImageKind;
    input.label = take_field(line);
    const std::string name = take_field(line);
    if (!name.empty()) input.source = (std::filesystem::path(place.source) / name).string();
    const std::string digits = take_field(line);
    std::size_t width = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), width);
    base::check(width > 0 && line.size() % width == 0, "the line of an image holds whole rows");
    input.image = png_of({width, line.size() / width, std::string(line)});
  }
};

}  // namespace

std::unique_ptr<InputFormat> make_images_format() { return std::make_unique<ImagesFormat>(); }

}  // namespace noema::memory
