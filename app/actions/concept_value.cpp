#include "app/actions/concept_value.h"

#include <algorithm>

namespace noema::app {

using concepts::ConceptId;
using concepts::Graph;

bool is_category(const Graph& graph, ConceptId id) { return graph.node(id).is<concepts::Category>(); }

bool is_joined(const Graph& graph, ConceptId id) { return !concepts::parts_of(graph.node(id)).empty(); }

std::vector<ConceptId> parts_of(const Graph& graph, ConceptId id) { return concepts::parts_of(graph.node(id)); }

std::vector<ConceptId> companions_of(const Graph& graph, ConceptId id) {
  return concepts::companions_of(graph.node(id));
}

std::vector<ConceptId> wholes_of(const Graph& graph, ConceptId id, std::size_t most) {
  std::vector<ConceptId> wholes = graph.node(id).wholes;
  if (wholes.size() > most) wholes.resize(most);
  return wholes;
}

std::uint64_t mentions_of(const Graph& graph, ConceptId id) { return graph.node(id).mentions; }

std::uint32_t length_of(const Graph& graph, ConceptId id) { return graph.node(id).length; }

namespace {

/// The surface forms of a node, each once, without leading white space.
void add_writings(const Graph& graph, ConceptId id, std::vector<std::string>& labels) {
  const auto add = [&](const std::string& text) {
    if (std::find(labels.begin(), labels.end(), text) == labels.end()) labels.push_back(text);
  };
  if (is_joined(graph, id) || is_category(graph, id)) return add(label_of(graph, id));
  const auto* unit = graph.node(graph.nodes().unit_of(id)).as<concepts::Unit>();
  if (!unit) return;
  for (const auto& [surface, times] : unit->surfaces)
    add(surface.substr(std::min(surface.find_first_not_of(" \t"), surface.size())));
}

}  // namespace

ConceptValue concept_value(const Graph& graph, ConceptId id) {
  const ConceptId concept_id = graph.concept_of(id);
  ConceptValue value;
  value.id = concept_id;
  value.kind = concepts::name_of(graph.node(concept_id));
  value.label = label_of(graph, concept_id);
  for (const ConceptId form : graph.forms_of(concept_id)) {
    value.count += mentions_of(graph, form);
    add_writings(graph, form, value.labels);
  }
  return value;
}

NamedConcept named_concept(const Graph& graph, ConceptId id) {
  if (!graph.still_has(id)) return {id, "", 0};
  return {id, label_of(graph, id), graph.statistics().total(graph.concept_of(id))};
}

nlohmann::ordered_json to_json(const ConceptValue& value) {
  return {
      {"id", value.id}, {"kind", value.kind}, {"label", value.label}, {"labels", value.labels}, {"count", value.count}};
}

nlohmann::ordered_json to_json(const NamedConcept& value) {
  return {{"id", value.id}, {"label", value.label}, {"count", value.count}};
}

std::vector<ConceptId> all_concepts(const Graph& graph) {
  std::vector<ConceptId> all;
  for (ConceptId id = 1; id < graph.size(); ++id)
    if (graph.node(id).active && graph.node(id).redirect == id) all.push_back(id);
  return all;
}

ConceptValue concept_value_of(const nlohmann::json& object) {
  ConceptValue value;
  object.at("id").get_to(value.id);
  object.at("kind").get_to(value.kind);
  object.at("label").get_to(value.label);
  object.at("labels").get_to(value.labels);
  object.at("count").get_to(value.count);
  return value;
}

NamedConcept named_concept_of(const nlohmann::json& object) {
  return {object.at("id").get<concepts::ConceptId>(), object.at("label").get<std::string>(),
          object.value("count", std::uint64_t{0})};
}

}  // namespace noema::app
