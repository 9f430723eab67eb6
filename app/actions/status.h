#pragma once
// The contents of a life.

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "reasoning/mind.h"

namespace noema::app {

/// A concentration of the code for L (concepts/description.h). It says how strongly a context prefers what it has seen.
struct Concentration {
  std::string name;     ///< such as "sequence_discount"
  std::string of_what;  ///< what it concerns, as the end of a sentence
  double value = 0;
};

struct Status {
  std::string path;
  std::int64_t episodes = 0, thoughts = 0, undone = 0;
  std::uint64_t let_go = 0;  ///< oldest inputs that the graph no longer holds
  std::uint64_t units = 0, concepts = 0, composites = 0, categories = 0, relations = 0, agenda = 0, protected_nodes = 0;
  double description_bits = 0, graph_bits = 0;
  std::vector<Concentration> concentrations;
  std::int64_t log_position = 0, checkpoint_position = 0;
  std::uint64_t state_bytes = 0;
  std::int64_t max_bytes = 0, max_concepts = 0;  ///< 0: no limit
  std::int64_t file_bytes = 0;
  std::uint64_t seed = 0;
  std::string model, graph_hash, weights_hash;
};

Status status_of(reasoning::Mind& mind);

nlohmann::ordered_json to_json(const Status& status);

/// What it wrote, read again (json_fields.h).
Status status_value_of(const nlohmann::json& object);

}  // namespace noema::app
