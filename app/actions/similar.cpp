#include "app/actions/similar.h"

#include "app/actions/company.h"

namespace noema::app {

std::optional<std::vector<SimilarConcept>> similar_by_company(const concepts::company::Words& words,
                                                              const std::string& word, std::size_t k) {
  const auto own = word_written(words, word);
  if (!own) return std::nullopt;
  std::vector<SimilarConcept> found;
  for (const auto& other : nearest_words(words, *own, k)) {
    const auto& entry = words[other.word];
    found.push_back({{entry.unit, entry.label, entry.occurrences}, other.score});
  }
  return found;
}

std::optional<std::vector<SimilarConcept>> similar_by_company(const memory::Life& life, const std::string& word,
                                                              std::size_t k) {
  const auto words = reasoning::stored_words(life);
  return words ? similar_by_company(*words, word, k) : std::nullopt;
}

std::vector<SimilarConcept> similar(const reasoning::Mind& mind, const std::string& word, std::size_t k) {
  concepts::ConceptId id = 0;
  {
    const reasoning::MindView view = mind.view();
    id = view.graph().concept_of(node_named(view.graph(), word));
  }
  const std::vector<concepts::Scored> scored = mind.similar(id, k);
  const reasoning::MindView view = mind.view();
  std::vector<SimilarConcept> found;
  for (const concepts::Scored& other : scored) found.push_back({named_concept(view.graph(), other.id), other.score});
  return found;
}

nlohmann::ordered_json to_json(const SimilarConcept& value) {
  return {{"label", value.found.label}, {"score", value.score}};
}

}  // namespace noema::app
