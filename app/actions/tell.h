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
};

/// Throws base::Error for an input that cannot be told: a text that is empty, not UTF-8 or of several lines.
void require_tellable(const memory::Input& input);

/// Stores an input; it is durable when it returns. Throws base::Error for a text that is empty or not UTF-8, or an id
/// that is taken. Large lives are told without loading their graph.
ToldValue tell(memory::Life life, const memory::Input& input);
/// {"episode"}.
nlohmann::ordered_json to_json(const ToldValue& value);

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

}  // namespace noema::app
