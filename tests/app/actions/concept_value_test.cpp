#include "app/actions/concept_value.h"

#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/app/small_life.h"

using namespace noema;
using tests::SmallLife;

TEST_CASE("a concept has its label, all its writings and its mentions") {
  SmallLife life({"The king saw the King", "the king"});
  const auto view = life.mind->view();
  const auto& graph = view.graph();
  const auto value = app::concept_value(graph, *graph.find("king"));
  CHECK(value.label == "king");
  CHECK(value.labels == std::vector<std::string>{"king", "King"});
  CHECK(value.count == 3);
  CHECK(app::to_json(value)["id"] == value.id);
  CHECK(app::named_concept(graph, value.id).label == "king");
  CHECK(app::all_concepts(graph).size() == graph.concepts());
  CHECK_FALSE(app::is_category(graph, value.id));
  CHECK(app::parts_of(graph, value.id).empty());
}

TEST_CASE("a composite knows its parts, and they know it") {
  SmallLife life(tests::tax_lines());
  life.mind->think(100000);
  const auto view = life.mind->view();
  const auto& graph = view.graph();
  const auto tax = *graph.find("tax");
  const auto wholes = app::wholes_of(graph, tax, 10);
  REQUIRE_FALSE(wholes.empty());
  const auto parts = app::parts_of(graph, wholes.front());
  CHECK(std::find(parts.begin(), parts.end(), tax) != parts.end());
  CHECK(app::is_joined(graph, wholes.front()));
  CHECK(app::length_of(graph, wholes.front()) >= 2);
}
