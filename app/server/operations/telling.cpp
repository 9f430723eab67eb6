// Operations by which a life is told: tell, feed, forget.

#include <fmt/format.h>

#include "app/actions/tell.h"
#include "app/server/feeding.h"
#include "app/server/operations/lists.h"
#include "base/time.h"

namespace noema::app {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

/// An input of {"text","id"?,"group"?,"speaker"?,"label"?,"time"?}.
memory::Input input_of(const json& object) {
  if (!object.is_object()) throw BadArguments("an input is a JSON object with a text");
  for (const auto& [key, value] : object.items())
    if (key != "text" && key != "id" && key != "group" && key != "speaker" && key != "label" && key != "time")
      throw BadArguments(fmt::format("an input has no '{}'; it has text, id, group, speaker, label and time", key));
  memory::Input input;
  const auto text = text_at(object, "text");
  if (!text) throw BadArguments("text is missing: what is told");
  input.text = *text;
  input.id = text_at(object, "id");
  input.group = text_at(object, "group").value_or("");
  input.speaker = text_at(object, "speaker");
  input.label = text_at(object, "label");
  input.source = "server";
  if (const auto time = object.find("time"); time != object.end() && !time->is_null())
    input.time = time->is_number() ? base::seconds_since_1970(time->get<double>())
                                   : base::parse_time(text_at(object, "time").value_or("")).seconds;
  return input;
}

ordered_json call_tell(LiveMind& mind, const json& arguments, const Calling&) {
  std::vector<memory::Input> inputs;
  if (arguments.contains("inputs")) {
    if (arguments.size() > 1) throw BadArguments("inputs and a text exclude each other; give one of them");
    require_few(arguments["inputs"]);
    for (const json& one : arguments["inputs"]) inputs.push_back(input_of(one));
  } else {
    inputs.push_back(input_of(arguments));
  }
  return {{"told", to_json(mind.tell(inputs))}};
}

const Operation kTell{
    "tell",
    "Store an input (one line of text), or many in one batch: all of them or none. It is durable when this returns. "
    "An id that told the same text before stores nothing again.",
    {{"text", "string", "What is told"},
     {"id", "string", "The caller's own id, unique in its group"},
     {"group", "string", "The group to which it belongs"},
     {"speaker", "string", "Who says it"},
     {"label", "string", "A class that somebody named"},
     {"time", "string", "When it was: ISO 8601; now, if it is not given"},
     {"inputs", "array", "Instead of a text: up to 1000 inputs, each with a text and what is named above"}},
    {"told"},
    call_tell};

const Operation kFeed{
    "feed",
    "Store lines of a file, empty ones too, and how far it was read, at once: all of it or nothing. `noema feed` "
    "sends them.",
    {{"inputs", "array",
      "Up to 1000 inputs: text, and id, group, speaker, label, answer, time, kind, source, line, part, begins_at",
      true},
     {"file", "object", "How far the file is read with them, as `feeds` gives it"}},
    {"told", "file"},
    call_feed,
    false,
    false};

const Operation kFeeds{
    "feeds",
    "How far files were fed: where a hash of their first lines is given, those that begin so; otherwise how many "
    "lines to look at next.",
    {{"format", "string", "The format of the lines", true},
     {"group", "string", "The group they were put into", false, ""},
     {"least", "integer", "The fewest lines", false, 0, kCursor},
     {"content_hash", "string", "Of the lines so far"}},
    {"files", "next_length"},
    call_feeds,
    true,
    false};

ordered_json call_forget(LiveMind& mind, const json& arguments, const Calling&) {
  ForgottenValue value;
  mind.alone([&](reasoning::Mind& own) { value = forget(own, arguments.at("input"), arguments.at("group")); });
  return to_json(value);
}

const Operation kForget{"forget",
                        "Withdraw an input: what it told is no longer known. `undo` of the thought takes it back.",
                        {{"input", "string", "The number of the input, or its id in the group", true},
                         {"group", "string", "The group of the id", false, ""}},
                        {"episode", "text", "thought"},
                        call_forget};

}  // namespace

std::vector<Operation> operations_of_telling() { return {kTell, kFeed, kFeeds, kForget}; }

}  // namespace noema::app
