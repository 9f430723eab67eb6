#include "app/actions/show.h"

#include <catch2/catch.hpp>

#include "app/actions/names.h"
#include "tests/app/life_of_kinds.h"

using namespace noema;
using tests::SmallLife;

TEST_CASE("a concept is shown with its parts and neighbours") {
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
  CHECK_THROWS_AS(app::show(view, "he cutt"), app::UnknownName);
}

TEST_CASE("a category is shown with its members") {
  const tests::LifeOfKinds life;
  const auto view = life.mind->view();
  std::size_t categories = 0;
  for (const auto id : app::all_concepts(view.graph())) {
    if (!app::is_category(view.graph(), id)) continue;
    ++categories;
    const auto category = app::show(view, "concept:" + std::to_string(id));
    CHECK(category.itself.kind == "category");
    CHECK(category.members.size() >= 2);
    CHECK(app::to_json(category).contains("members"));
  }
  CHECK(categories > 0);
}
