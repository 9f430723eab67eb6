#pragma once
// Is a life sound?

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "memory/life.h"

namespace noema::app {

struct CheckValue {
  std::vector<std::string> problems;  ///< one line each; empty: the life is sound
  std::string graph_hash;             ///< empty if the file itself is damaged
};

/// The file, then the graph: does the checkpoint say what the log says, and the counts what the stream says? All of it
/// in one snapshot, as another process may be writing. O(life).
CheckValue check(const memory::Life& life);

/// {"ok","problems","graph_hash"}.
nlohmann::ordered_json to_json(const CheckValue& value);

}  // namespace noema::app
