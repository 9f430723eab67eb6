#pragma once
// A node as a checkpoint describes it, without its counts: those come back with the episodes that are attached again.

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "concepts/ids.h"

namespace noema::concepts {

struct NodeRecord {
  ConceptId id = 0;
  std::string kind;              ///< name of the kind on disk
  std::string label;             ///< of a unit its identity, of others how they are written
  std::vector<ConceptId> parts;  ///< of an active composite or schema
  ConceptId redirect = 0;        ///< 0: none
  std::uint64_t mentions = 0;
  std::uint64_t made_by = 0;
  std::vector<std::pair<std::string, std::uint32_t>> surfaces;
  nlohmann::json details = nlohmann::json::object();
};

}  // namespace noema::concepts
