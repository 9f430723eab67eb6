#pragma once
// Telling a life one thing, and taking it back.

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "memory/inputs/input.h"
#include "memory/life.h"
#include "reasoning/mind.h"

namespace noema::app {

struct ToldValue {
  memory::EpisodeId episode = 0;
  bool is_known = false;  ///< a server had it already by the caller's id: nothing was stored
};

/// Throws base::Error for a text that is not UTF-8 or of several lines.
void require_line(const memory::Input& input);
/// The same, and for a text that is empty.
void require_tellable(const memory::Input& input);

/// Stores an input; it is durable when it returns. Throws base::Error for a text that is empty or not UTF-8, or an id
/// that is taken. Large lives are told without loading their graph.
ToldValue tell(memory::Life life, const memory::Input& input);
/// {"episode"}, and "known": true if it was.
nlohmann::ordered_json to_json(const ToldValue& value);
ToldValue told_value_of(const nlohmann::json& object);

struct ForgottenValue {
  memory::EpisodeId episode = 0;
  std::string text;
  memory::ThoughtId thought = 0;  ///< `undo` takes it back
};

/// Withdraws the input of this number or of this id in the group; with a group, none of another group. Throws
/// UnknownName if there is none, base::Error if it was withdrawn before.
ForgottenValue forget(memory::Life life, const std::string& id, const std::string& group);
ForgottenValue forget(reasoning::Mind& mind, const std::string& id, const std::string& group);
/// {"episode","text","thought":"thought:N"}.
nlohmann::ordered_json to_json(const ForgottenValue& value);

/// What it wrote, read again (json_fields.h).
ForgottenValue forgotten_value_of(const nlohmann::json& object);

}  // namespace noema::app
