#include "concepts/nodes/inside.h"

#include <catch2/catch.hpp>

#include "tests/concepts/random_graphs.h"

using namespace noema::concepts;

namespace {

/// A graph whose unit "the" was written in these ways, so often each.
struct Written {
  Graph graph;
  ConceptId the = 0;

  explicit Written(const std::vector<std::pair<std::string, int>>& surfaces) {
    for (const auto& [surface, times] : surfaces)
      for (int i = 0; i < times; ++i) the = graph.perceive_unit("the", surface);
  }
  std::string inside(ConceptId id) const { return written_inside(graph.nodes(), id, {}); }
};

std::string inside_of(const std::vector<std::pair<std::string, int>>& surfaces) {
  const Written written(surfaces);
  return written.inside(written.the);
}

}  // namespace

TEST_CASE("what mostly stands behind white space is written so, by its commonest writing") {
  CHECK(inside_of({{" the", 3}, {"The", 2}}) == " the");
  CHECK(inside_of({{" the", 1}}) == " the");
  CHECK(inside_of({{"\tthe", 2}, {" the", 1}}) == "\tthe");
}

TEST_CASE("a word that mostly begins a line is written behind another as it is inside of lines") {
  CHECK(inside_of({{"The", 5}, {" the", 2}, {" The", 1}}) == " the");
  CHECK(inside_of({{"The", 5}, {" THE", 2}, {" the", 2}}) == " THE");  // of two that are as common, the earlier
}

TEST_CASE("white space that is seldom there, one time of five, may be a mistake; one of four is none") {
  CHECK(inside_of({{"The", 3}, {" the", 1}}) == " the");
  CHECK(inside_of({{"The", 4}, {" the", 1}}) == "The");
  CHECK(inside_of({{"The", 6}, {" the", 1}, {" The", 1}}) == " the");  // two of eight, in whatever writing
  CHECK(inside_of({{"The", 7}, {" the", 1}, {" The", 1}}) == "The");
}

TEST_CASE("what never stands behind white space is written without") {
  CHECK(inside_of({{"道", 9}}) == "道");
  CHECK(inside_of({{"the", 1}, {"The", 2}}) == "The");
}

TEST_CASE("of a whole the first unit alone is written anew") {
  Written written({{"The", 3}, {" the", 2}});
  const ConceptId hill = written.graph.perceive_unit("hill", " hill");
  const ConceptId whole = written.graph.compose(written.the, hill, 1);
  CHECK(written.graph.nodes().written(whole, {}) == "The hill");
  CHECK(written.inside(whole) == " the hill");
  const ConceptId longer = written.graph.compose(whole, hill, 2);
  CHECK(written.inside(longer) == " the hill hill");
  const ConceptId on = written.graph.perceive_unit("on", " on");
  CHECK(written.graph.nodes().written(written.graph.compose(on, whole, 3), {}) == " on the hill");
}

TEST_CASE("a category is written in its braces") {
  Graph graph = graph_of({{"red", "fox"}, {"old", "fox"}});
  const auto w = ids_of(graph, {"red", "old"});
  const ConceptId category = graph.categorise(w[0], w[1], 1);
  CHECK(written_inside(graph.nodes(), category, [](ConceptId) { return 1; }) == " {red|old}");
}
