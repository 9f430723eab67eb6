#include "app/actions/source.h"

#include <fmt/format.h>

#include "app/actions/json_fields.h"
#include "app/human.h"
#include "base/clock.h"

namespace noema::app {

std::string shown_image(const std::optional<memory::PngSize>& size, const std::optional<std::string>& label) {
  std::string text = size ? fmt::format("[image of {} x {} pixels", size->width, size->height) : "[image";
  if (label) text += ", labelled " + *label;
  return text + "]";
}

std::string shown_text(const memory::EpisodeRow& input) {
  return input.image ? shown_image(memory::size_of_png(*input.image), input.label) : input.text;
}

std::optional<Quoted> quoted(const memory::Life& life, memory::EpisodeId episode) {
  auto row = life.episodes().input(episode);
  if (!row) return std::nullopt;
  Quoted result;
  result.episode = episode;
  result.text = shown_text(*row);
  result.source = std::move(row->source);
  result.line = row->line;
  result.group = std::move(row->group);
  result.id = std::move(row->outer_id);
  result.speaker = std::move(row->speaker);
  result.label = std::move(row->label);
  result.time = row->time;
  return result;
}

nlohmann::ordered_json to_json(const Quoted& quoted) {
  return {{"episode", quoted.episode}, {"source", quoted.source}, {"line", quoted.line}, {"text", quoted.text}};
}

std::string told_where(const Quoted& quoted, const std::string& told_at) {
  std::string told = told_at + " " + human_time(quoted.time);
  if (quoted.speaker) told += " by " + one_line(*quoted.speaker);
  const bool is_named = !quoted.source.empty() && quoted.source != "-";
  if (is_named) told += " in " + one_line(quoted.source);
  if (is_named && quoted.line > 0) told += fmt::format(", line {}", quoted.line);
  if (!quoted.group.empty()) told += fmt::format(" (group {})", one_line(quoted.group));
  return told;
}

nlohmann::ordered_json to_json_of_origin(const Quoted& quoted) {
  return {{"source", quoted.source},
          {"line", quoted.line},
          {"group", quoted.group},
          {"speaker", json_or_null(quoted.speaker)},
          {"time", base::iso8601(quoted.time)}};
}

Quoted quoted_of(const nlohmann::json& object) {
  Quoted quoted;
  object.at("episode").get_to(quoted.episode);
  object.at("text").get_to(quoted.text);
  object.at("source").get_to(quoted.source);
  object.at("line").get_to(quoted.line);
  quoted.group = object.value("group", "");
  if (object.contains("id")) quoted.id = value_or_none<std::string>(object, "id");
  if (object.contains("speaker")) quoted.speaker = value_or_none<std::string>(object, "speaker");
  if (object.contains("time")) quoted.time = time_at(object, "time");
  return quoted;
}

}  // namespace noema::app
