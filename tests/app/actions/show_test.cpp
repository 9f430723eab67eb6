#include "app/actions/show.h"

#include <catch2/catch.hpp>

#include "app/actions/names.h"
#include "tests/app/small_life.h"

using namespace noema;
using tests::SmallLife;

TEST_CASE("a concept is shown with its parts and neighbours, a category with its members") {
  SmallLife life(tests::tax_lines());
  life.mind->think(100000);
  life.mind->commit();
  const auto view = life.mind->view();
  const auto shown = app::show(view, "he cut");
  CHECK(shown.itself.label == "he cut");
  REQUIRE(shown.parts.size() == 2);
  CHECK(shown.parts[0].label == "he");
  const auto json = app::to_json(shown);
  for (const char* key : {"id", "kind", "label", "labels", "count", "parts", "part_of", "categories", "senses",
                          "before", "after", "neighbourhood"})
    CHECK(json.contains(key));
  for (const auto id : app::all_concepts(view.graph())) {
    if (!app::is_category(view.graph(), id)) continue;
    const auto category = app::show(view, "concept:" + std::to_string(id));
    CHECK(category.members.size() >= 2);
    CHECK(app::to_json(category).contains("members"));
  }
  CHECK_THROWS_AS(app::show(view, "he cutt"), app::UnknownName);
}
