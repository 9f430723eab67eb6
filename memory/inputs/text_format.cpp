#include "memory/inputs/text_format.h"

namespace noema::memory {
namespace {

class TextFormat final : public InputFormat {
 public:
  bool needs_whole_lines() const override { return false; }
  void read(const base::LinePiece& piece, const InputPlace&, std::vector<Input>& inputs) override {
    inputs.emplace_back().text = piece.text;
  }
};

}  // namespace

std::unique_ptr<InputFormat> make_text_format() { return std::make_unique<TextFormat>(); }

}  // namespace noema::memory
