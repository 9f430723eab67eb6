#pragma once
// Creating a life.

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>

namespace noema::app {

struct NewLifeRequest {
  std::string life;                              ///< file to create
  std::string model;                             ///< a model file; or tiny or small, for random weights
  std::int64_t max_concepts = 0, max_bytes = 0;  ///< 0: no limit
  std::uint64_t seed = 1;
  bool force = false;  ///< replace an existing life
};

struct NewLife {
  std::string life, model;  ///< file; hash of the model
  bool from_birth = false;
  std::uint64_t seed = 0;
  std::int64_t file_bytes = 0;
};

/// Throws base::Error if the model cannot be read or is no transformer, or the file cannot be made; base::UsageError if
/// the budget is too small.
NewLife new_life(const NewLifeRequest& request);

/// {"life","model","seed","file_bytes"}.
nlohmann::ordered_json to_json(const NewLife& value);

}  // namespace noema::app
