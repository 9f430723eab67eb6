#pragma once
// The concepts that are most similar to a concept.

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "app/actions/concept_value.h"
#include "concepts/company/company.h"
#include "reasoning/mind.h"

namespace noema::app {

struct SimilarConcept {
  NamedConcept found;
  double score = 0;  ///< larger is more similar
};

/// By the directions of the layer of company; absent if it does not have this word.
std::optional<std::vector<SimilarConcept>> similar_by_company(const concepts::company::Words& words,
                                                              const std::string& word, std::size_t k);
/// The same for a life; absent, too, if it has no such layer. Loads no graph.
std::optional<std::vector<SimilarConcept>> similar_by_company(const memory::Life& life, const std::string& word,
                                                              std::size_t k);
/// By what stands beside them. Throws UnknownName if the word means no concept or several.
std::vector<SimilarConcept> similar(const reasoning::Mind& mind, const std::string& word, std::size_t k);

/// {"label","score"}.
nlohmann::ordered_json to_json(const SimilarConcept& value);

}  // namespace noema::app
