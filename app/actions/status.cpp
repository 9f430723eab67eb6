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

Status status_value_of(const nlohmann::json& object) {
  Status status;
  object.at("life").get_to(status.path);
  object.at("episodes").get_to(status.episodes);
  object.at("let_go").get_to(status.let_go);
  object.at("units").get_to(status.units);
  object.at("concepts").get_to(status.concepts);
  object.at("composites").get_to(status.composites);
  object.at("categories").get_to(status.categories);
  object.at("relations").get_to(status.relations);
  object.at("thoughts").get_to(status.thoughts);
  object.at("undone").get_to(status.undone);
  object.at("agenda").get_to(status.agenda);
  object.at("description_bits").get_to(status.description_bits);
  object.at("graph_bits").get_to(status.graph_bits);
  status.concentrations = named({});
  for (Concentration& one : status.concentrations) object.at("concentrations").at(one.name).get_to(one.value);
  object.at("log_position").get_to(status.log_position);
  object.at("checkpoint_position").get_to(status.checkpoint_position);
  object.at("state_bytes").get_to(status.state_bytes);
  object.at("max_bytes").get_to(status.max_bytes);
  object.at("max_concepts").get_to(status.max_concepts);
  object.at("protected").get_to(status.protected_nodes);
  object.at("file_bytes").get_to(status.file_bytes);
  object.at("model").get_to(status.model);
  object.at("seed").get_to(status.seed);
  object.at("graph_hash").get_to(status.graph_hash);
  object.at("weights_hash").get_to(status.weights_hash);
  return status;
}

}  // namespace noema::app
