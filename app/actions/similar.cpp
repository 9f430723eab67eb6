#include "app/actions/similar.h"

#include "app/actions/names.h"

namespace noema::app {

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
