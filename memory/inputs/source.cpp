#include "memory/inputs/source.h"

namespace noema::memory {
namespace {

class Lines final : public InputSource {
 public:
  Lines(const std::filesystem::path& path, bool whole, base::LineReader::WhileWaiting while_waiting)
      : lines_(path, std::move(while_waiting)), whole_(whole) {}
  std::optional<base::LinePiece> next() override {
    if (!whole_) return lines_.next_piece();
    auto line = lines_.next();
    if (!line) return std::nullopt;
    return base::LinePiece{std::move(*line), lines_.line_number(), 0, true};
  }
  void restart() override { lines_.restart(); }
  bool rereadable() const override { return lines_.rereadable(); }
  std::uint64_t line_number() const override { return lines_.line_number(); }
  std::uint64_t bytes_read() const override { return lines_.bytes_read(); }
  std::uint64_t bytes_of_file() const override { return lines_.bytes_of_file(); }

 private:
  base::LineReader lines_;
  bool whole_;
};

}  // namespace

std::unique_ptr<InputSource> open_lines(const std::filesystem::path& path, bool whole,
                                        base::LineReader::WhileWaiting while_waiting) {
  return std::make_unique<Lines>(path, whole, std::move(while_waiting));
}

}  // namespace noema::memory
