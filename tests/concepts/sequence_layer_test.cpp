#include "concepts/sequence_layer.h"

#include <catch2/catch.hpp>

#include "base/error.h"
#include "tests/concepts/random_graphs.h"

using namespace noema::concepts;

TEST_CASE("over concepts the layer counts mentions, over units what stands in the stream") {
  Graph graph = graph_of({{"new", "york", "is"}, {"new", "york", "was"}});
  const auto w = ids_of(graph, {"new", "york", "is", "was"});
  const ConceptId city = graph.compose(w[0], w[1], 1);
  const SequenceLayer& layer = graph.sequence();
  CHECK(layer.statistics().next(city).size() == 2);
  CHECK(layer.statistics().next(w[0]).empty());
  CHECK(layer.units().next(w[0])[w[1]] == 2);
  CHECK(layer.units().next(w[1])[w[2]] == 1);
  CHECK(layer.units().next(kBoundary)[w[0]] == 2);
  CHECK(layer.statistics().next(kBoundary)[city] == 2);
}

TEST_CASE("attaching an episode and detaching it again leaves no count") {
  Graph graph = graph_of({{"a", "b", "a"}, {}});
  SequenceLayer layer;
  graph.nodes().for_each([&](ConceptId id) { layer.add_node(id, graph.node(id)); });
  const std::uint64_t bytes = layer.bytes();
  std::vector<ConceptId> touched;
  for (std::uint32_t e = 0; e < 2; ++e)
    layer.attach(graph.ground(), {e, graph.stream().leaves(e), mentions_of(graph.stream(), e)}, touched);
  CHECK(touched == std::vector<ConceptId>{kBoundary, 1, 2, 1, kBoundary});  // each row that changed
  graph.nodes().for_each([&](ConceptId id) { CHECK_FALSE(layer.difference(id, graph.sequence())); });
  CHECK(layer.nats(graph.ground()) == graph.sequence().nats(graph.ground()));
  for (std::uint32_t e = 0; e < 2; ++e)
    layer.detach(graph.ground(), {e, graph.stream().leaves(e), mentions_of(graph.stream(), e)}, touched);
  CHECK(layer.nats(graph.ground()) == 0);
  CHECK(layer.bytes() == bytes);
  CHECK(layer.difference(1, graph.sequence()));
}

TEST_CASE("the writings of forms and the fillers of slots are coded, and cost nothing where there is one") {
  Graph graph = graph_of({{"a", "x"}, {"b", "x"}, {"b", "x"}});
  const auto w = ids_of(graph, {"a", "b", "x"});
  graph.redirect(w[1], w[0]);
  const SequenceLayer& layer = graph.sequence();
  const double forms = forms_nats(std::vector<std::uint64_t>{1, 2});
  CHECK(layer.nats(graph.ground()) == Approx(layer.statistics().nats(layer.codes()) + forms));
}

TEST_CASE("parameters are saved as named fields and loaded, and a layer without counts has them") {
  SequenceLayer layer;
  Concentrations other;
  other.category_strength = 5;
  layer.set_concentrations(other);
  SequenceLayer again;
  again.load(layer.save());
  CHECK(again.concentrations() == other);
  CHECK(dynamic_cast<const SequenceLayer&>(*layer.empty()).concentrations() == other);
  again.load("[88,64,80,64,88,64,66,70]");  // as format 1 kept them
  CHECK(again.concentrations() == Concentrations{});
  CHECK_THROWS_AS(again.load("{}"), noema::base::Error);
  CHECK_THROWS_AS(again.load("no JSON"), noema::base::Error);
  CHECK(again.concentrations() == Concentrations{});
}
