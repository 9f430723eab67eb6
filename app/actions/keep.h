#pragma once
// Keeping a concept that thinking made, on a person's word.

#include <nlohmann/json.hpp>
#include <string>

#include "app/actions/concept_value.h"
#include "reasoning/mind.h"

namespace noema::app {

struct Kept {
  NamedConcept itself;
  memory::ThoughtId thought = 0;  ///< that keeps it; taken back, it is kept no longer
};

/// It is durable when it returns. Throws UnknownName if the name means no concept or several, base::Error if no thought
/// made it, or it is kept already.
Kept keep(reasoning::Mind& mind, const std::string& name);

/// {"id","label","count","thought"}.
nlohmann::ordered_json to_json(const Kept& value);
/// What it wrote, read again (json_fields.h).
Kept kept_of(const nlohmann::json& object);

}  // namespace noema::app
