#include "app/actions/list_thoughts.h"

#include <catch2/catch.hpp>

#include "reasoning/thoughts/registry.h"

using namespace noema;

TEST_CASE("every kind of thought is listed with its help") {
  const auto kinds = app::list_thoughts();
  CHECK(kinds.size() == reasoning::thought_kinds().size());
  for (const auto& kind : kinds) {
    CHECK_FALSE(kind.name.empty());
    CHECK_FALSE(kind.help.empty());
    CHECK(app::to_json(kind)["name"] == kind.name);
  }
}
