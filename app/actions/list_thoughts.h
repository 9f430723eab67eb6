#pragma once
// The kinds of thought that noema has.

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace noema::app {

struct ThoughtKindValue {
  std::string name;
  std::string help;
  std::string fields;  ///< of its operands in the journal
};

std::vector<ThoughtKindValue> list_thoughts();

/// {"name","help","fields"}.
nlohmann::ordered_json to_json(const ThoughtKindValue& value);

}  // namespace noema::app
