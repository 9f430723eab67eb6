#pragma once
// All edges of a concept.

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "app/actions/concept_value.h"
#include "reasoning/mind.h"

namespace noema::app {

struct Neighbour {
  NamedConcept itself;  ///< with the count of the edge, or of the concept where edges are not counted
  std::string role;     ///< what the neighbour is to the concept: after, before, part, whole, category or companion
};

/// The most frequent first. Throws UnknownName if the name means no concept or several. O(edges of the concept).
std::vector<Neighbour> neighbours(const reasoning::MindView& view, const std::string& name);

/// {"id","label","count","role"}.
nlohmann::ordered_json to_json(const Neighbour& value);

}  // namespace noema::app
