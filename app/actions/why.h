#pragma once
// How a concept came to be: the thoughts about it, back to the inputs.

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "app/actions/thought_value.h"

namespace noema::app {

struct Origin {
  ConceptValue itself;
  std::vector<ThoughtValue> thoughts;  ///< about it, oldest first
  std::vector<Quoted> first_inputs;    ///< the first inputs that mention it, at most three
};

/// Throws UnknownName if the name means no concept or several.
Origin why(const reasoning::MindView& view, const std::string& name);

/// The concept with "first_inputs"; the thoughts are objects of their own.
nlohmann::ordered_json to_json(const Origin& value);

/// What it wrote, read again (json_fields.h): without the thoughts.
Origin origin_of(const nlohmann::json& object);

}  // namespace noema::app
