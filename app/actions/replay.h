#pragma once
// Rebuilding the graph of a life from its log and comparing it with the stored one.

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>

#include "memory/life.h"

namespace noema::app {

struct ReplayValue {
  std::uint64_t episodes = 0, thoughts = 0;
  std::string graph_hash, replayed_hash;
  std::uint64_t differences = 0;  ///< decisions with another outcome when they are made again
  std::string first_difference;
  double seconds = 0;
  bool same() const { return graph_hash == replayed_hash; }
};

/// recompute: make every decision again and compare it with the log. O(life).
ReplayValue replay(const memory::Life& life, bool recompute);

/// {"episodes","thoughts","graph_hash","replayed_hash","same","differences","seconds"}.
nlohmann::ordered_json to_json(const ReplayValue& value);

}  // namespace noema::app
