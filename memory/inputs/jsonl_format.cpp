#include "memory/inputs/jsonl_format.h"

#include "memory/inputs/json_line.h"

namespace noema::memory {
namespace {

class JsonlFormat final : public InputFormat {
 public:
  bool needs_whole_lines() const override { return true; }
  void read(const base::LinePiece& piece, const InputPlace& place, std::vector<Input>& inputs) override {
    const JsonLine line(piece, place, "{\"text\": \"...\"}");
    const auto text = line.text(line.object(), "text");
    if (!text) line.fail("the object has no \"text\"");
    Input& input = inputs.emplace_back();
    input.text = *text;
    input.id = line.name("id");
    input.speaker = line.name("speaker");
    input.label = line.name("label");
    input.group = line.name("group").value_or("");
    input.answer = line.text(line.object(), "answer");
    if (line.object().contains("answer")) input.kind = "question";
    input.time = line.time(line.object(), "time", place);
  }
};

}  // namespace

std::unique_ptr<InputFormat> make_jsonl_format() { return std::make_unique<JsonlFormat>(); }

}  // namespace noema::memory
