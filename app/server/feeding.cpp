#include "app/server/feeding.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/time.h"

namespace noema::app {
namespace {

using memory::FeedRow;
using memory::Input;
using nlohmann::json;
using nlohmann::ordered_json;

constexpr double kMostCounted = 9e15;

[[noreturn]] void refuse_field(const std::string& name, const char* expected, const json& found) {
  throw BadArguments(fmt::format("{}: expected {}, found {}", name, expected, found.type_name()));
}

/// Reads the fields of one object, and says at the end whether there were others.
class Fields {
 public:
  explicit Fields(const json& object) : object_(object) {
    if (!object.is_object()) throw BadArguments("expected an object of an input or a file");
  }

  std::optional<std::string> text(const char* key) {
    take(key);
    return text_at(object_, key);
  }
  std::int64_t count(const char* key) {
    const json* value = take(key);
    if (value == nullptr) return 0;
    if (!value->is_number_integer() || value->get<double>() < 0 || value->get<double>() > kMostCounted)
      refuse_field(key, "a whole number", *value);
    return value->get<std::int64_t>();
  }
  std::optional<double> time(const char* key) {
    const json* value = take(key);
    if (value == nullptr) return std::nullopt;
    if (!value->is_number()) refuse_field(key, "seconds since 1970", *value);
    return base::seconds_since_1970(value->get<double>());
  }
  void end() const {
    for (const auto& [key, value] : object_.items())
      if (std::find(taken_.begin(), taken_.end(), key) == taken_.end())
        throw BadArguments(fmt::format("there is no field '{}'", key));
  }

 private:
  const json* take(const char* key) {
    taken_.emplace_back(key);
    const auto found = object_.find(key);
    return found == object_.end() || found->is_null() ? nullptr : &*found;
  }

  const json& object_;
  std::vector<std::string> taken_;
};

}  // namespace

std::optional<std::string> text_at(const json& object, const std::string& key) {
  const auto found = object.find(key);
  if (found == object.end() || found->is_null()) return std::nullopt;
  if (!found->is_string()) refuse_field(key, "a string", *found);
  return found->get<std::string>();
}

void require_few(const json& inputs) {
  if (inputs.size() > kMostFed)
    throw BadArguments(fmt::format("inputs: {} at once, at most {} are taken", inputs.size(), kMostFed));
}

ordered_json to_json(const std::vector<Told>& told) {
  ordered_json rows = ordered_json::array();
  for (const Told& one : told) rows.push_back({{"episode", one.episode}, {"known", one.is_known}});
  return rows;
}

json to_json(const Input& input) {
  json object{{"text", input.text}, {"kind", input.kind}, {"source", input.source}, {"line", input.line}};
  if (!input.group.empty()) object["group"] = input.group;
  if (input.part > 0) object["part"] = input.part;
  if (input.begins_at > 0) object["begins_at"] = input.begins_at;
  const auto add = [&](const char* key, const auto& value) {
    if (value) object[key] = *value;
  };
  add("id", input.id);
  add("speaker", input.speaker);
  add("label", input.label);
  add("answer", input.answer);
  add("time", input.time);
  return object;
}

Input fed_input_of(const json& object) {
  Fields fields(object);
  Input input;
  const auto text = fields.text("text");
  if (!text) throw BadArguments("text is missing: what is told");
  input.text = *text;
  input.kind = fields.text("kind").value_or("text");
  if (input.kind != "text" && input.kind != "labelled" && input.kind != "question")
    throw BadArguments(fmt::format("kind: expected text, labelled or question, found '{}'", input.kind));
  input.source = fields.text("source").value_or("server");
  input.line = fields.count("line");
  input.group = fields.text("group").value_or("");
  input.part = fields.count("part");
  input.begins_at = fields.count("begins_at");
  if (input.part == 0 && input.begins_at != 0) throw BadArguments("begins_at: only a later piece of an input has it");
  input.id = fields.text("id");
  input.speaker = fields.text("speaker");
  input.label = fields.text("label");
  input.answer = fields.text("answer");
  input.time = fields.time("time");
  fields.end();
  return input;
}

json to_json(const FeedRow& file) {
  return {{"id", file.id},
          {"content_hash", file.content_hash},
          {"source", file.source},
          {"format", file.format},
          {"group", file.group},
          {"acknowledged", file.acknowledged},
          {"bytes", file.bytes},
          {"pieces", file.pieces},
          {"begins_at", file.begins_at}};
}

FeedRow feed_row_of(const json& object) {
  Fields fields(object);
  FeedRow file;
  file.id = fields.count("id");
  file.content_hash = fields.text("content_hash").value_or("");
  file.source = fields.text("source").value_or("server");
  file.format = fields.text("format").value_or("");
  file.group = fields.text("group").value_or("");
  file.acknowledged = fields.count("acknowledged");
  file.bytes = fields.count("bytes");
  file.pieces = fields.count("pieces");
  file.begins_at = fields.count("begins_at");
  fields.end();
  return file;
}

ordered_json call_feed(LiveMind& mind, const json& arguments, const Calling&) {
  const json& given = arguments.at("inputs");
  require_few(given);
  std::vector<Input> inputs;
  bool has_begun = false;
  for (const json& one : given) {
    inputs.push_back(fed_input_of(one));
    has_begun = has_begun || inputs.back().part == 0;
    if (!has_begun && inputs.back().begins_at == 0)
      throw BadArguments("begins_at is missing: the number of the input of which this is a later piece");
  }
  std::optional<FeedRow> file;
  if (arguments.contains("file")) file = feed_row_of(arguments["file"]);
  const ordered_json told = to_json(mind.feed(inputs, file ? &*file : nullptr));
  return {{"told", told}, {"file", file ? ordered_json(to_json(*file)) : ordered_json(nullptr)}};
}

ordered_json call_feeds(LiveMind& mind, const json& arguments, const Calling&) {
  const std::string format = arguments.at("format"), group = arguments.at("group");
  ordered_json files = ordered_json::array(), length = nullptr;
  mind.mind().with_life([&](memory::Life& life) {
    if (arguments.contains("content_hash")) {
      for (const FeedRow& file : life.feeds().find(format, group, arguments["content_hash"].get<std::string>()))
        if (files.size() < kMostFed) files.push_back(ordered_json(to_json(file)));
    } else if (const auto next = life.feeds().next_length(format, group, arguments.at("least").get<std::int64_t>())) {
      length = *next;
    }
  });
  return {{"files", files}, {"next_length", length}};
}

}  // namespace noema::app
