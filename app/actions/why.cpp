#include "app/actions/why.h"

#include "app/actions/json_fields.h"
#include "app/actions/names.h"

namespace noema::app {

using concepts::ConceptId;

Origin why(const reasoning::MindView& view, const std::string& name) {
  constexpr std::size_t kFirst = 3;
  const concepts::Graph& graph = view.graph();
  const ConceptId id = node_named(graph, name);
  Origin origin;
  origin.itself = concept_value(graph, id);
  for (const memory::ThoughtId thought : view.life().thoughts().about(id))
    if (const auto row = view.life().thoughts().find(thought)) origin.thoughts.push_back(thought_value(view, *row));
  for (const concepts::Position p : graph.nodes().positions_of(id)) {
    const auto episode = static_cast<memory::EpisodeId>(graph.stream().episode_of(p)) + 1;
    if (!origin.first_inputs.empty() && origin.first_inputs.back().episode == episode) continue;
    if (auto input = quoted(view.life(), episode)) origin.first_inputs.push_back(std::move(*input));
    if (origin.first_inputs.size() == kFirst) break;
  }
  return origin;
}

nlohmann::ordered_json to_json(const Origin& value) {
  nlohmann::ordered_json first = nlohmann::ordered_json::array();
  for (const Quoted& one : value.first_inputs) first.push_back(to_json(one));
  nlohmann::ordered_json origin = to_json(value.itself);
  origin["first_inputs"] = first;
  return origin;
}

Origin origin_of(const nlohmann::json& object) {
  return {concept_value_of(object), {}, each_of(object.at("first_inputs"), quoted_of)};
}

}  // namespace noema::app
