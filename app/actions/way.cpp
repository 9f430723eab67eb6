#include "app/actions/way.h"

#include "app/actions/names.h"
#include "concepts/spreading.h"

namespace noema::app {

std::vector<ConceptOnWay> way_between(const reasoning::MindView& view, const std::string& from, const std::string& to) {
  const concepts::Graph& graph = view.graph();
  const auto named = [&](const std::string& name) { return graph.concept_of(node_named(graph, name)); };
  const concepts::ConceptId start = named(from), end = named(to);
  std::vector<ConceptOnWay> way;
  for (const concepts::WayStep& step : concepts::shortest_way(graph, start, end))
    way.push_back(
        {named_concept(graph, step.id), way.empty() ? "" : std::string(concepts::name_of(step.role)), step.bits});
  return way;
}

nlohmann::ordered_json to_json(const ConceptOnWay& value) {
  return {{"id", value.itself.id},
          {"label", value.itself.label},
          {"role", value.role.empty() ? nlohmann::ordered_json(nullptr) : nlohmann::ordered_json(value.role)},
          {"bits", value.bits}};
}

}  // namespace noema::app
