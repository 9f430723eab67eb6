#include "concepts/layers.h"

#include <catch2/catch.hpp>
#include <set>
#include <string>

#include "concepts/graph.h"
#include "tests/concepts/unigram_layer.h"

using namespace noema::concepts;

TEST_CASE("every layer has a name of its own, the sequence layer comes first, and a fresh layer counted nothing") {
  GraphOptions options;
  options.further_layers.emplace_back([] { return std::make_unique<UnigramLayer>(); });
  const Graph graph(options);
  REQUIRE(graph.layers().size() == 2 + further_layers().size());
  CHECK(graph.layers().front()->name() == "sequence");
  CHECK(graph.layers().back()->name() == "unigram");
  std::set<std::string_view> names;
  for (const auto& layer : graph.layers()) {
    names.insert(layer->name());
    CHECK(layer->nats(graph.ground()) == Approx(0).margin(1e-9));
    CHECK(layer->empty()->name() == layer->name());
    const auto again = layer->empty();
    again->load(layer->save());
    CHECK(again->save() == layer->save());
  }
  CHECK(names.size() == graph.layers().size());
}
