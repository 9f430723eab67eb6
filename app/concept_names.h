#pragma once
// Between what people call a concept and the graph's ids.

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "concepts/graph.h"

namespace noema::app {

/// The node that "concept:ID" or a label names: one unit, or the composite that the label's units make. Nothing if
/// there is none.
std::optional<concepts::ConceptId> find_concept(const concepts::Graph& graph, const std::string& name);

/// {"id","kind","label","labels":[writings of all forms],"count"}.
nlohmann::ordered_json concept_json(const concepts::Graph& graph, concepts::ConceptId id);

}  // namespace noema::app
