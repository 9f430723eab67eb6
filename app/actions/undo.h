#pragma once
// Undoing a thought.

#include <nlohmann/json.hpp>
#include <string>

#include "reasoning/mind.h"

namespace noema::app {

struct Undone {
  memory::ThoughtId thought = 0;
  std::string kind;
  std::uint64_t concepts = 0;  ///< afterwards
  std::string graph_hash;
};

/// name: thought:N. The undo is durable when it returns. Throws base::UsageError for any other name, UnknownName if
/// there is no such thought, base::Error if other thoughts depend on it, whose names the message gives.
Undone undo(reasoning::Mind& mind, const std::string& name);

/// {"undone","kind","concepts","graph_hash"}.
nlohmann::ordered_json to_json(const Undone& value);
/// What it wrote, read again (json_fields.h).
Undone undone_of(const nlohmann::json& object);

}  // namespace noema::app
