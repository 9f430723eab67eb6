#pragma once
// The shortest way between two concepts.

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "app/actions/concept_value.h"
#include "reasoning/mind.h"

namespace noema::app {

struct ConceptOnWay {
  NamedConcept itself;
  std::string role;  ///< what it is to the concept before it, such as after, part or category; empty for the first
  double bits = 0;   ///< what naming it among the links of the concept before it costs
};

/// Both ends included; empty if no links lead from one to the other. Throws UnknownName if a name means no concept or
/// several.
std::vector<ConceptOnWay> way_between(const reasoning::MindView& view, const std::string& from, const std::string& to);

/// {"id","label","role","bits"}; the role of the first is null.
nlohmann::ordered_json to_json(const ConceptOnWay& value);

}  // namespace noema::app
