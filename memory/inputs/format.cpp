#include "memory/inputs/format.h"

#include "base/error.h"
#include "memory/inputs/chat_format.h"
#include "memory/inputs/images_format.h"
#include "memory/inputs/jsonl_format.h"
#include "memory/inputs/labelled_format.h"
#include "memory/inputs/text_format.h"

namespace noema::memory {

std::string InputPlace::of(std::uint64_t line) const { return source + ":" + std::to_string(line); }

void InputPlace::say(const std::string& text) const {
  if (remark) remark(text);
}

std::unique_ptr<InputSource> InputFormat::open(const std::filesystem::path& path, const InputPlace&,
                                               base::LineReader::WhileWaiting while_waiting) {
  return open_lines(path, needs_whole_lines(), std::move(while_waiting));
}

const std::vector<InputFormatEntry>& input_formats() {
  static const std::vector<InputFormatEntry> kFormats = {
      {"text", "one input", make_text_format},
      {"labelled", "label<TAB>text", make_labelled_format},
      {"jsonl", "{\"text\", \"id\"?, \"time\"?, \"speaker\"?, \"label\"?, \"group\"?, \"answer\"?}", make_jsonl_format},
      {"chat", "{\"role\", \"content\"} or {\"messages\": [...]}", make_chat_format},
      {"images",
       "no lines but an idx file of images with its labels beside it, or a folder of .png files for each class",
       make_images_format},
  };
  return kFormats;
}

std::unique_ptr<InputFormat> make_input_format(std::string_view name) {
  std::string names;
  for (const InputFormatEntry& entry : input_formats()) {
    if (entry.name == name) return entry.make();
    names += (names.empty() ? "" : ", ") + std::string(entry.name);
  }
  throw base::UsageError("there is no format \"" + std::string(name) + "\"; the formats are " + names);
}

}  // namespace noema::memory
