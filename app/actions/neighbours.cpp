#include "app/actions/neighbours.h"

#include <algorithm>
#include <limits>

#include "app/actions/names.h"

namespace noema::app {

using concepts::ConceptId;

std::vector<Neighbour> neighbours(const reasoning::MindView& view, const std::string& name) {
  const concepts::Graph& graph = view.graph();
  const ConceptId node = node_named(graph, name), id = graph.concept_of(node);
  std::vector<Neighbour> all;
  const auto add_row = [&](const concepts::CountMap& row, const char* role) {
    for (const auto& [other, count] : row.sorted())
      if (other != concepts::kBoundary) all.push_back({{other, label_of(graph, other), count}, role});
  };
  const auto add = [&](const std::vector<ConceptId>& ids, const char* role) {
    for (const ConceptId other : ids) all.push_back({named_concept(graph, other), role});
  };
  if (!is_category(graph, id)) {  // the neighbours of a category are categories
    add_row(graph.statistics().next(id), "after");
    add_row(graph.statistics().previous(id), "before");
  }
  add(parts_of(graph, id), "part");
  add(wholes_of(graph, node, std::numeric_limits<std::size_t>::max()), "whole");
  add(categories_of(graph.nodes(), id), "category");
  add(companions_of(graph, id), "companion");
  std::stable_sort(all.begin(), all.end(),
                   [](const Neighbour& a, const Neighbour& b) { return a.itself.count > b.itself.count; });
  return all;
}

nlohmann::ordered_json to_json(const Neighbour& value) {
  nlohmann::ordered_json object = to_json(value.itself);
  object["role"] = value.role;
  return object;
}

}  // namespace noema::app
