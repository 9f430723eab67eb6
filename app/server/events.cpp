#include "app/server/events.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "app/lives.h"
#include "base/clock.h"

namespace noema::app {
namespace {

using nlohmann::ordered_json;

constexpr int kMostEntries = 100;

ordered_json or_none(const std::optional<std::string>& text) {
  return text ? ordered_json(*text) : ordered_json(nullptr);
}

ordered_json json_of(const memory::LogEntry& entry) {
  if (entry.episode != nullptr)
    return {{"episode", entry.episode->id},
            {"text", entry.episode->text},
            {"speaker", or_none(entry.episode->speaker)},
            {"group", entry.episode->group},
            {"time", base::iso8601(entry.time)}};
  if (entry.thought != nullptr)
    return {{"thought", fmt::format("thought:{}", entry.thought->id)},
            {"kind", entry.thought->kind},
            {"gain_bits", entry.thought->gain_bits},
            {"reason", entry.thought->reason},
            {"time", base::iso8601(entry.time)}};
  return {{"time", base::iso8601(entry.time)}};
}

const char* name_of(memory::LogKind kind) {
  switch (kind) {
    case memory::LogKind::kEpisode: return "input";
    case memory::LogKind::kThought: return "thought";
    case memory::LogKind::kUndo: return "undo";
    case memory::LogKind::kModel: return "model";
  }
  return "other";
}

}  // namespace

Events::Events(const std::string& life, std::optional<memory::Position> after)
    : life_(open_to_read(life)), position_(after.value_or(life_.last_position())) {}

std::string Events::next() {
  std::string text;
  int count = 0;
  life_.for_log_entries_while(position_, [&](const memory::LogEntry& entry) {
    text += fmt::format("id: {}\nevent: {}\ndata: {}\n\n", entry.position, name_of(entry.kind),
                        json_of(entry).dump(-1, ' ', false, ordered_json::error_handler_t::replace));
    position_ = entry.position;
    return ++count < kMostEntries;
  });
  return text;
}

}  // namespace noema::app
