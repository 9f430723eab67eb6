#include "app/concept_names.h"

#include <algorithm>
#include <charconv>

#include "base/text.h"

namespace noema::app {

using concepts::ConceptId;
using concepts::Graph;

std::optional<ConceptId> find_concept(const Graph& graph, const std::string& name) {
  constexpr std::string_view kPrefix = "concept:";
  if (name.starts_with(kPrefix)) {
    ConceptId id = 0;
    const char* end = name.data() + name.size();
    const auto [stop, error] = std::from_chars(name.data() + kPrefix.size(), end, id);
    if (error != std::errc() || stop != end || id == 0 || id >= graph.size() || !graph.node(id).active)
      return std::nullopt;
    return id;
  }
  if (base::first_invalid_utf8(name)) return std::nullopt;
  base::Segmenter segmenter;
  std::vector<ConceptId> units;
  for (const base::Unit& unit : segmenter.split(name)) {
    if (unit.line_end) continue;
    const auto node = graph.find(base::identity_of(base::surface_of(name, unit)));
    if (!node) return std::nullopt;
    units.push_back(*node);
  }
  if (units.empty()) return std::nullopt;
  const ConceptId longest = graph.contexts(units).front();
  return graph.node(longest).length == units.size() ? std::optional(longest) : std::nullopt;
}

nlohmann::ordered_json concept_json(const Graph& graph, ConceptId id) {
  const ConceptId concept_id = graph.concept_of(id);
  nlohmann::ordered_json labels = nlohmann::ordered_json::array();
  std::uint64_t count = 0;
  for (const ConceptId form : graph.forms_of(concept_id)) {
    const concepts::Node& node = graph.node(form);
    count += node.mentions;
    if (node.is<concepts::Composite>()) {
      labels.push_back(graph.label_of(form));
      continue;
    }
    const auto* unit = node.as<concepts::Unit>();
    if (!unit) continue;
    for (const auto& [surface, times] : unit->surfaces) {
      const std::string text = surface.substr(std::min(surface.find_first_not_of(" \t"), surface.size()));
      if (std::find(labels.begin(), labels.end(), text) == labels.end()) labels.push_back(text);
    }
  }
  return {{"id", concept_id},
          {"kind", concepts::name_of(graph.node(concept_id))},
          {"label", graph.label_of(concept_id)},
          {"labels", labels},
          {"count", count}};
}

}  // namespace noema::app
