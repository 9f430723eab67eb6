#include <algorithm>
#include <catch2/catch.hpp>

#include "base/error.h"
#include "tests/app/family_life.h"
#include "tests/app/server/calling.h"

namespace noema::tests {

using nlohmann::json;

TEST_CASE("what was told before a time or an input is known as it was then, and asking so stores nothing") {
  const FamilyLife life;
  app::LiveMind mind(life.path, false);
  const json facts = call(mind, "facts", {{"thing", "Caaa"}});
  CHECK(facts["total"] == facts["facts"].size());
  CHECK(facts["total"].get<int>() >= 2);
  CHECK(call(mind, "facts", {{"thing", "Caaa"}, {"as_of", "1"}})["total"] < facts["total"]);
  CHECK_THROWS_AS(call(mind, "facts", {{"thing", "Caaa"}, {"as_of", "1970-01-01"}}), base::Error);
  call(mind, "ask", {{"question", "who is the father of Caaa ?"}, {"as_of", "1"}});
  CHECK(call(mind, "status")["episodes"] == family_lines().size());
}

TEST_CASE("relations and rules are listed page by page, as facts are") {
  const FamilyLife life;
  app::LiveMind mind(life.path, false);
  const json rules = call(mind, "rules");
  CHECK(rules["total"].get<std::size_t>() >= 1);
  CHECK(std::any_of(rules["rules"].begin(), rules["rules"].end(),
                    [](const json& one) { return one["rule"] == "the father of X is Y ."; }));
  CHECK(call(mind, "relations")["total"] == 0);  // nothing was told in two ways
  const json first = call(mind, "rules", {{"limit", 1}});
  CHECK(first["rules"].size() == 1);
  CHECK(first["next"] == 1);
  const json behind = call(mind, "rules", {{"cursor", 1000000}});
  CHECK(behind["rules"].empty());
  CHECK(behind["next"].is_null());
}

}  // namespace noema::tests
