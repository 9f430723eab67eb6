#include "app/actions/status.h"

#include <cmath>

namespace noema::app {
namespace {

std::vector<Concentration> named(const concepts::Concentrations& c) {
  const auto discount = [](std::int32_t value) { return value / 32.0; };
  const auto strength = [](std::int32_t value) { return std::exp2(value / 2.0); };
  return {{"sequence_discount", "what follows a concept", discount(c.row_discount)},
          {"sequence_strength", "what follows a concept", strength(c.row_strength)},
          {"uncategorised_discount", "which uncategorised concept is chosen", discount(c.rest_discount)},
          {"uncategorised_strength", "which uncategorised concept is chosen", strength(c.rest_strength)},
          {"category_discount", "what follows a category", discount(c.category_discount)},
          {"category_strength", "what follows a category", strength(c.category_strength)},
          {"member_discount", "which member of a category is chosen", discount(c.member_discount)},
          {"member_strength", "which member of a category is chosen", strength(c.member_strength)}};
}

}  // namespace

Status status_of(reasoning::Mind& mind) {
  Status status;
  status.state_bytes = mind.state_bytes();
  status.weights_hash = mind.weights_hash();
  const reasoning::MindView view = mind.view();
  const concepts::Graph& graph = view.graph();
  const memory::Life& life = view.life();
  const memory::LifeCounts counts = life.counts();
  status.path = life.path().string();
  status.episodes = counts.episodes;
  status.thoughts = counts.thoughts;
  status.undone = counts.undos;
  status.let_go = graph.stream().first_episode();
  status.units = graph.stream().attached_units();
  status.concepts = graph.concepts();
  status.composites = graph.nodes().joined_nodes();
  status.categories = graph.categories().size();
  status.relations = graph.statistics().cells();
  status.agenda = view.thinker().agenda().size();
  status.protected_nodes = graph.nodes().protected_nodes();
  status.description_bits = description_bits(graph);
  status.graph_bits = graph_bits(graph);
  status.concentrations = named(graph.sequence().concentrations());
  status.log_position = life.last_position();
  status.checkpoint_position = life.checkpoint().position();
  const memory::LifeOrigin origin = life.origin();
  status.max_bytes = origin.max_bytes;
  status.max_concepts = origin.max_concepts;
  status.file_bytes = life.file_bytes();
  status.seed = origin.seed;
  status.model = life.model().hash();
  status.graph_hash = graph.hash();
  return status;
}

nlohmann::ordered_json to_json(const Status& status) {
  nlohmann::ordered_json concentrations = nlohmann::ordered_json::object();
  for (const Concentration& one : status.concentrations) concentrations[one.name] = one.value;
  return {{"life", status.path},
          {"episodes", status.episodes},
          {"let_go", status.let_go},
          {"units", status.units},
          {"concepts", status.concepts},
          {"composites", status.composites},
          {"categories", status.categories},
          {"relations", status.relations},
          {"thoughts", status.thoughts},
          {"undone", status.undone},
          {"agenda", status.agenda},
          {"description_bits", status.description_bits},
          {"graph_bits", status.graph_bits},
          {"concentrations", concentrations},
          {"log_position", status.log_position},
          {"checkpoint_position", status.checkpoint_position},
          {"state_bytes", status.state_bytes},
          {"max_bytes", status.max_bytes},
          {"max_concepts", status.max_concepts},
          {"protected", status.protected_nodes},
          {"file_bytes", status.file_bytes},
          {"model", status.model},
          {"seed", status.seed},
          {"graph_hash", status.graph_hash},
          {"weights_hash", status.weights_hash}};
}

}  // namespace noema::app
