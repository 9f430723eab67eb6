#include "app/actions/spread.h"

#include "app/actions/names.h"
#include "concepts/spreading.h"

namespace noema::app {

std::vector<ActiveConcept> spread(const reasoning::MindView& view, const std::string& name, std::uint32_t steps,
                                  std::size_t k) {
  const concepts::Graph& graph = view.graph();
  concepts::SpreadOptions options;
  options.steps = steps;
  std::vector<ActiveConcept> found;
  for (const concepts::Scored& one : concepts::spread(graph, graph.concept_of(node_named(graph, name)), options)) {
    if (found.size() == k) break;
    found.push_back({named_concept(graph, one.id), std::string(concepts::name_of(graph.node(one.id))), one.score});
  }
  return found;
}

nlohmann::ordered_json to_json(const ActiveConcept& value) {
  return {
      {"id", value.itself.id}, {"label", value.itself.label}, {"kind", value.kind}, {"activation", value.activation}};
}

}  // namespace noema::app
