#pragma once
// Feeding a life through a server: the lines of a file as JSON, with how far the file was read, so that feeding it
// again goes on where it ended, by a server or not (memory/feed.h).

#include <nlohmann/json.hpp>

#include "app/server/live_mind.h"
#include "app/server/operation.h"
#include "memory/feed_table.h"
#include "memory/inputs/input.h"

namespace noema::app {

inline constexpr std::size_t kMostFed = 1000;  ///< inputs of one call

/// {"text", and what else it has of "id","group","speaker","label","answer","time","kind","source","line","part",
/// "begins_at"}.
nlohmann::json to_json(const memory::Input& input);
/// {"id","content_hash","source","format","group","acknowledged","bytes","pieces","begins_at"}.
nlohmann::json to_json(const memory::FeedRow& file);
/// What these wrote, read again. Throws BadArguments for what they would not write.
memory::Input fed_input_of(const nlohmann::json& object);
memory::FeedRow feed_row_of(const nlohmann::json& object);

/// Throws BadArguments for more inputs than one call takes.
void require_few(const nlohmann::json& inputs);
/// The text of a field; nothing if it is missing or null. Throws BadArguments for another type.
std::optional<std::string> text_at(const nlohmann::json& object, const std::string& key);
/// [{"episode","known"}].
nlohmann::ordered_json to_json(const std::vector<Told>& told);

/// The operations `feed` ({"told":[{"episode","known"}],"file"}) and `feeds` ({"files","next_length"}).
nlohmann::ordered_json call_feed(LiveMind& mind, const nlohmann::json& arguments, const Calling& calling);
nlohmann::ordered_json call_feeds(LiveMind& mind, const nlohmann::json& arguments, const Calling& calling);

}  // namespace noema::app
