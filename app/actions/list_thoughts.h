#pragma once
// Listing the kinds of thought.

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace noema::app {

struct ThoughtKindValue {
  std::string name;
  std::string help;
  std::string fields;  ///< names of its operands in the journal
};

std::vector<ThoughtKindValue> list_thoughts();

/// {"name","help","fields"}.
nlohmann::ordered_json to_json(const ThoughtKindValue& value);

}  // namespace noema::app
