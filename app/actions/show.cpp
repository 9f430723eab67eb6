#include "app/actions/show.h"

#include <algorithm>

#include "app/actions/json_fields.h"
#include "app/actions/names.h"
#include "app/actions/surroundings.h"

namespace noema::app {
namespace {

using concepts::ConceptId;
using concepts::Graph;
using nlohmann::ordered_json;

constexpr std::size_t kMost = 12;  // entries of each list, except for the members of a category
constexpr std::size_t kMostMembers = 100;

std::vector<NamedConcept> named(const Graph& graph, const std::vector<ConceptId>& ids) {
  std::vector<NamedConcept> all;
  for (const ConceptId id : ids) all.push_back(named_concept(graph, id));
  return all;
}

/// The concepts with the most mentions.
std::vector<NamedConcept> commonest(const Graph& graph, const std::vector<ConceptId>& ids, std::size_t most) {
  auto all = named(graph, ids);
  std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.count > b.count; });
  if (all.size() > most) all.resize(most);
  return all;
}

ordered_json list_json(const std::vector<NamedConcept>& list) {
  ordered_json array = ordered_json::array();
  for (const NamedConcept& one : list) array.push_back(to_json(one));
  return array;
}

}  // namespace

ShownConcept show(const reasoning::MindView& view, const std::string& name) {
  const Graph& graph = view.graph();
  const ConceptId node = node_named(graph, name), id = graph.concept_of(node);
  ShownConcept shown;
  const TellingConcepts telling(view);
  shown.itself = concept_value(graph, id);
  if (graph.node(id).is<concepts::Composite>()) {
    shown.itself.label = written_label(view, id);
    shown.itself.labels = {shown.itself.label};
  }
  shown.is_category = is_category(graph, id);
  shown.parts = named(graph, parts_of(graph, id));
  for (const ConceptId whole : wholes_of(graph, node, kMost))
    shown.part_of.push_back({whole, label_of(graph, whole), mentions_of(graph, whole)});
  shown.categories = named(graph, categories_of(graph.nodes(), id));
  const std::vector<ConceptId> companions = companions_of(graph, id);
  if (shown.is_category)
    shown.members = commonest(graph, companions, kMostMembers);
  else if (is_joined(graph, id))
    shown.fillers = commonest(graph, companions, kMost);
  else
    shown.senses = commonest(graph, companions, kMost);
  if (!shown.is_category) {  // the neighbours of a category are categories
    shown.before = telling_beside(graph, telling, id, graph.statistics().previous(id), kMost);
    shown.after = telling_beside(graph, telling, id, graph.statistics().next(id), kMost);
  }
  shown.neighbourhood = what_goes_with(view, telling, id, kMost);
  return shown;
}

ordered_json to_json(const ShownConcept& value) {
  ordered_json shown = to_json(value.itself);
  shown["parts"] = list_json(value.parts);
  shown["part_of"] = list_json(value.part_of);
  shown["categories"] = list_json(value.categories);
  shown[value.is_category ? "members" : "senses"] = list_json(value.is_category ? value.members : value.senses);
  if (!value.fillers.empty()) shown["fillers"] = list_json(value.fillers);
  if (!value.is_category) {
    shown["before"] = list_json(value.before);
    shown["after"] = list_json(value.after);
  }
  shown["neighbourhood"] = value.neighbourhood;
  return shown;
}

ShownConcept shown_concept_of(const nlohmann::json& object) {
  const auto list = [&](const char* key) {
    return object.contains(key) ? each_of(object.at(key), named_concept_of) : std::vector<NamedConcept>();
  };
  ShownConcept shown;
  shown.itself = concept_value_of(object);
  shown.is_category = object.contains("members");
  shown.parts = list("parts");
  shown.part_of = list("part_of");
  shown.categories = list("categories");
  shown.members = list("members");
  shown.senses = list("senses");
  shown.fillers = list("fillers");
  shown.before = list("before");
  shown.after = list("after");
  object.at("neighbourhood").get_to(shown.neighbourhood);
  return shown;
}

}  // namespace noema::app
