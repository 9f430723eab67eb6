#pragma once
// A concept and its neighbourhood.

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "app/actions/concept_value.h"
#include "reasoning/mind.h"

namespace noema::app {

struct ShownConcept {
  ConceptValue itself;
  bool is_category = false;
  std::vector<NamedConcept> parts;          ///< of a composite or schema
  std::vector<NamedConcept> part_of;        ///< composites and schemas of which it is a part
  std::vector<NamedConcept> categories;     ///< of which it is a member, from the lowest to the highest
  std::vector<NamedConcept> members;        ///< of a category
  std::vector<NamedConcept> fillers;        ///< of a schema's slot
  std::vector<NamedConcept> senses;         ///< split off from a unit
  std::vector<NamedConcept> before, after;  ///< its neighbours in inputs, the most telling first; none for a category
  std::vector<std::string> neighbourhood;   ///< labels of what goes with it (app/actions/surroundings.h)
};

/// Throws UnknownName if the name means no concept or several.
ShownConcept show(const reasoning::MindView& view, const std::string& name);

/// The concept with "parts","part_of","categories","members" or "senses","before","after","neighbourhood".
nlohmann::ordered_json to_json(const ShownConcept& value);

/// What it wrote, read again (json_fields.h).
ShownConcept shown_concept_of(const nlohmann::json& object);

}  // namespace noema::app
