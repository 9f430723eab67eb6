#include "app/actions/list_kinds.h"

#include <algorithm>
#include <catch2/catch.hpp>

using namespace noema;

TEST_CASE("the registries are listed with help and options") {
  for (const auto& kinds : {app::list_arms(), app::list_streams(), app::list_metrics()}) {
    CHECK(kinds.size() >= 3);
    for (const auto& kind : kinds) CHECK_FALSE(kind.help.empty());
  }
  const auto arms = app::list_arms();
  const auto cache = std::find_if(arms.begin(), arms.end(), [](const auto& kind) { return kind.name == "cache"; });
  REQUIRE(cache != arms.end());
  CHECK_FALSE(cache->options.empty());
  CHECK(app::to_json(*cache)["options"].size() == cache->options.size());
}
