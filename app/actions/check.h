#pragma once
// Checking that a life is sound.

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "memory/life.h"

namespace noema::app {

struct CheckValue {
  std::vector<std::string> problems;  ///< one line each; none if the life is sound
  std::string graph_hash;             ///< empty if the file itself is damaged
};

/// Checks the file, then the graph: the checkpoint must agree with the log, and the counts with the stream of inputs.
/// All of this reads one snapshot, because another process may be writing. O(life).
CheckValue check(const memory::Life& life);

/// {"ok","problems","graph_hash"}.
nlohmann::ordered_json to_json(const CheckValue& value);

}  // namespace noema::app
