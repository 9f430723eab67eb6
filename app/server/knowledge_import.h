#pragma once
// Takes in the file that the well-known memory server keeps (memory.json, memory.jsonl): an entity or a relation a
// line.

#include <nlohmann/json.hpp>
#include <string>

#include "app/server/live_mind.h"

namespace noema::app {

struct Imported {
  std::size_t entities = 0, relations = 0;  ///< that were new
};

/// Creates what the file holds and the life does not, as knowledge_tools() would; done again it adds nothing. Throws
/// base::Error with file and line for a line that is neither an entity nor a relation; the lines before it that were
/// complete thousands stay.
Imported import_knowledge(LiveMind& mind, const std::string& file);

nlohmann::ordered_json to_json(const Imported& value);

}  // namespace noema::app
