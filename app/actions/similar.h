#pragma once
// The concepts that are most similar to a concept.

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "app/actions/concept_value.h"
#include "reasoning/mind.h"

namespace noema::app {

struct SimilarConcept {
  NamedConcept found;
  double score = 0;  ///< larger is more similar
};

/// Throws UnknownName if the word means no concept or several.
std::vector<SimilarConcept> similar(const reasoning::Mind& mind, const std::string& word, std::size_t k);

/// {"label","score"}.
nlohmann::ordered_json to_json(const SimilarConcept& value);

}  // namespace noema::app
