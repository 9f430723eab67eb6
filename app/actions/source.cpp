#include "app/actions/source.h"

#include <fmt/format.h>

#include "app/human.h"

namespace noema::app {

std::optional<Quoted> quoted(const memory::Life& life, memory::EpisodeId episode) {
  auto row = life.episodes().input(episode);
  if (!row) return std::nullopt;
  Quoted result;
  result.episode = episode;
  result.text = std::move(row->text);
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

}  // namespace noema::app
