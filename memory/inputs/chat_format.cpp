#include "memory/inputs/chat_format.h"

#include <filesystem>

#include "memory/inputs/json_line.h"

namespace noema::memory {
namespace {

using nlohmann::json;

class ChatFormat final : public InputFormat {
 public:
  bool needs_whole_lines() const override { return true; }
  void read(const base::LinePiece& piece, const InputPlace& place, std::vector<Input>& inputs) override {
    const JsonLine line(piece, place, "{\"role\": \"user\", \"content\": \"...\"} or {\"messages\": [...]}");
    const std::string file = std::filesystem::path(place.source).filename().string();
    const auto messages = line.object().find("messages");
    if (messages == line.object().end()) return add(line, line.object(), file, place, inputs);
    if (!messages->is_array()) line.fail(std::string("\"messages\" is ") + messages->type_name() + ", expected a list");
    const std::string conversation = line.name("id").value_or(file + ":" + std::to_string(piece.line));
    for (const json& message : *messages) {
      if (!message.is_object()) line.fail("a message is no object, expected {\"role\", \"content\"}");
      add(line, message, conversation, place, inputs);
    }
  }

 private:
  static void add(const JsonLine& line, const json& message, const std::string& conversation, const InputPlace& place,
                  std::vector<Input>& inputs) {
    const auto role = line.text(message, "role");
    if (!role) line.fail("a message has no \"role\", expected {\"role\", \"content\"}");
    const std::string text = content_of(line, message, place);
    if (text.empty()) return place.say("messages without a text are skipped");
    Input& input = inputs.emplace_back();
    input.text = text;
    input.speaker = *role;
    input.group = conversation;
    input.time = line.time(message, "time", place);
  }

  /// A string, or a list of parts of which those of type "text" are read.
  static std::string content_of(const JsonLine& line, const json& message, const InputPlace& place) {
    const auto content = message.find("content");
    if (content == message.end() || !content->is_array()) return line.text(message, "content").value_or("");
    std::string text;
    for (const json& part : *content) {
      const std::string type = part.is_object() ? line.text(part, "type").value_or("") : part.type_name();
      std::string more;
      if (part.is_string())
        more = *line.text({{"content", part}}, "content");
      else if (type == "text")
        more = line.text(part, "text").value_or("");
      else
        place.say("parts of type \"" + type + "\" are skipped");
      if (!text.empty() && !more.empty()) text += ' ';
      text += more;
    }
    return text;
  }
};

}  // namespace

std::unique_ptr<InputFormat> make_chat_format() { return std::make_unique<ChatFormat>(); }

}  // namespace noema::memory
