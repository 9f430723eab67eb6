#include "reasoning/thoughts/footing.h"

#include "tests/reasoning/thoughts/support.h"

using namespace noema;
using namespace noema::tests;

TEST_CASE("a wording is known by its units in their order, however they are joined") {
  Graph graph = spellings();
  const ConceptId a = *graph.find("new"), b = *graph.find("york"), c = *graph.find("red");
  const ConceptId ab = graph.compose(a, b, 1);
  CHECK(thoughts::joined_units(graph, ab, c) == std::vector<ConceptId>{a, b, c});
  CHECK(thoughts::wording_of(thoughts::joined_units(graph, ab, c)) == thoughts::wording_of({a, b, c}));
  CHECK(thoughts::wording_of({a, b}) != thoughts::wording_of({b, a}));
  CHECK(thoughts::wording_of({a}).of == Facet::Of::kWording);
  CHECK(thoughts::wordings_of(graph, a, b, {}) == std::vector<Facet>{thoughts::wording_of({a, b})});
}

TEST_CASE("a schema takes the wording of each of its fillers") {
  Graph graph = kinds(600);
  const ConceptId in = *graph.find("in"), n0 = *graph.find("n0"), n1 = *graph.find("n1");
  const ConceptId category = graph.categorise(n0, n1, 1);
  std::vector<Facet> wordings = thoughts::wordings_of(graph, in, category, {n0, n1});
  std::vector<Facet> expected{thoughts::wording_of({in, n0}), thoughts::wording_of({in, n1})};
  std::sort(wordings.begin(), wordings.end());
  std::sort(expected.begin(), expected.end());
  CHECK(wordings == expected);
}

TEST_CASE("facets of one node differ by what of it is meant") {
  CHECK(thoughts::existence_of(3) == Facet{Facet::Of::kExistence, 3});
  CHECK(thoughts::identity_of(3) != thoughts::existence_of(3));
  CHECK(thoughts::place_of(3) != thoughts::place_of(4));
}

TEST_CASE("drawn nodes are there and active, and every one is drawn at some time") {
  Graph graph;
  std::vector<ConceptId> units;
  for (const char* word : {"a", "b", "c"}) units.push_back(graph.perceive_unit(word, word));
  graph.attach(units);
  base::Rng rng(5);
  CHECK_FALSE(thoughts::draw_category(graph, rng));
  const ConceptId composite = graph.compose(units[0], units[1], 1), category = graph.categorise(units[1], units[2], 2);
  graph.dissolve(composite);
  std::set<ConceptId> drawn;
  for (int i = 0; i < 300; ++i)
    if (const auto id = thoughts::draw_node(graph, rng)) drawn.insert(*id);
  for (const ConceptId id : drawn) CHECK(thoughts::is_active(graph, id));
  for (const ConceptId id : {units[0], units[1], units[2], category}) CHECK(drawn.contains(id));
  CHECK_FALSE(drawn.contains(composite));
  CHECK_FALSE(thoughts::is_active(graph, composite));
  CHECK_FALSE(thoughts::is_active(graph, 9999));
  CHECK(thoughts::draw_category(graph, rng) == category);
}
