#pragma once
// What a concept calls to mind: activation that spreads from it.

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "app/actions/concept_value.h"
#include "reasoning/mind.h"

namespace noema::app {

struct ActiveConcept {
  NamedConcept itself;
  std::string kind;
  double activation = 0;  ///< of the start's, which is 1
};

/// The most active first, at most k. Throws UnknownName if the name means no concept or several.
std::vector<ActiveConcept> spread(const reasoning::MindView& view, const std::string& name, std::uint32_t steps,
                                  std::size_t k);

/// {"id","label","kind","activation"}.
nlohmann::ordered_json to_json(const ActiveConcept& value);

}  // namespace noema::app
