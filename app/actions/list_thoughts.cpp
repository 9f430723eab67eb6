#include "app/actions/list_thoughts.h"

#include "reasoning/thoughts/registry.h"

namespace noema::app {

std::vector<ThoughtKindValue> list_thoughts() {
  std::vector<ThoughtKindValue> kinds;
  for (const auto* kind : reasoning::thought_kinds())
    kinds.push_back({std::string(kind->name()), std::string(kind->help()), std::string(kind->fields())});
  return kinds;
}

nlohmann::ordered_json to_json(const ThoughtKindValue& value) {
  return {{"name", value.name}, {"help", value.help}, {"fields", value.fields}};
}

}  // namespace noema::app
