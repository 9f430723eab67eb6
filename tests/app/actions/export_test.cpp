#include "app/actions/export.h"

#include <catch2/catch.hpp>

#include "app/actions/concept_value.h"
#include "app/actions/names.h"
#include "base/error.h"
#include "tests/app/small_life.h"

using namespace noema;
using tests::SmallLife;

TEST_CASE("every format holds every concept and every edge between two that are exported") {
  SmallLife life(tests::tax_lines());
  life.mind->think(1000);
  const auto view = life.mind->view();
  const auto& graph = view.graph();
  const auto concepts = app::all_concepts(graph);
  const auto edges = app::edges_between(graph, concepts);
  CHECK(edges.size() > concepts.size() / 2);
  const auto times = [&](const std::string& format, const std::string& mark) {
    std::string text;
    app::export_graph([&](std::string_view piece) { text += piece; }, graph, concepts, format);
    std::size_t count = 0;
    for (std::size_t at = 0; (at = text.find(mark, at)) != std::string::npos; ++at) ++count;
    return count;
  };
  CHECK(times("json", ",\"node\":{") == concepts.size());
  CHECK(times("json", "{\"edge\"") == edges.size());
  CHECK(times("graphml", "<node ") == concepts.size());
  CHECK(times("graphml", "<edge ") == edges.size());
  CHECK(times("dot", " -> ") == edges.size());
  CHECK_THROWS_AS(times("xml", ""), base::UsageError);
  CHECK(app::concepts_around(graph, "he cut", 1).size() > 1);
  CHECK_THROWS_AS(app::concepts_around(graph, "he cutt", 1), app::UnknownName);
}
