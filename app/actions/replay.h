#pragma once
// Rebuilding a life's graph from its log, to compare it with the one that the life holds.

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>

#include "memory/life.h"

namespace noema::app {

struct ReplayValue {
  std::uint64_t episodes = 0, thoughts = 0;
  std::string graph_hash, replayed_hash;
  std::uint64_t differences = 0;  ///< decisions that come out otherwise when made anew
  std::string first_difference;
  double seconds = 0;
  bool same() const { return graph_hash == replayed_hash; }
};

/// recompute: every decision is made anew and compared with the log. O(life).
ReplayValue replay(const memory::Life& life, bool recompute);

/// {"episodes","thoughts","graph_hash","replayed_hash","same","differences","seconds"}.
nlohmann::ordered_json to_json(const ReplayValue& value);

}  // namespace noema::app
