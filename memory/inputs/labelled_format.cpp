#include "memory/inputs/labelled_format.h"

#include "base/error.h"

namespace noema::memory {
namespace {

class LabelledFormat final : public InputFormat {
 public:
  bool needs_whole_lines() const override { return false; }
  void read(const base::LinePiece& piece, const InputPlace& place, std::vector<Input>& inputs) override {
    std::size_t text = 0;
    if (piece.part == 0) {
      const std::size_t tab = piece.text.find('\t');
      if (tab == std::string::npos)
        throw base::Error(place.of(piece.line) +
                          ": expected label<TAB>text, found no tab; give --format text for plain lines");
      label_ = piece.text.substr(0, tab);
      text = tab + 1;
    }
    Input& input = inputs.emplace_back();
    input.kind = "labelled";
    input.label = label_;
    input.text = piece.text.substr(text);
  }

 private:
  std::string label_;  // of the line whose pieces are read
};

}  // namespace

std::unique_ptr<InputFormat> make_labelled_format() { return std::make_unique<LabelledFormat>(); }

}  // namespace noema::memory
