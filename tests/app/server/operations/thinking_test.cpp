#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/app/server/calling.h"
#include "tests/app/server/served.h"

namespace noema::tests {

using nlohmann::json;

TEST_CASE("suggestions stand on the agenda, the most promising first, with the labels of what they are about") {
  SmallLife small(tax_lines());
  const std::string path = small.path;
  small.mind->checkpoint();
  small.mind.reset();
  app::LiveMind mind(path, false);
  const json agenda = call(mind, "agenda", {{"limit", 200}});
  REQUIRE(agenda["total"] > 1);
  const json& all = agenda["agenda"];
  CHECK(std::is_sorted(all.begin(), all.end(),
                       [](const json& a, const json& b) { return a["bits_expected"] > b["bits_expected"]; }));
  CHECK(std::any_of(all.begin(), all.end(), [](const json& one) {
    return one["kind"] == "compose" && one["subject"]["label"].get<std::string>() != "";
  }));
}

TEST_CASE("thoughts come page by page, the newest first, each once") {
  const LifeOnDisk life;
  app::LiveMind mind(life.path, false);
  std::vector<std::size_t> seen;
  json cursor = 0;
  std::size_t total = 0;
  while (!cursor.is_null()) {
    const json page = call(mind, "thoughts", {{"limit", 3}, {"cursor", cursor}});
    for (const json& one : page["thoughts"]) seen.push_back(one["thought"].get<std::size_t>());
    total = page["total"];
    cursor = page["next"];
  }
  REQUIRE(seen.size() == total);
  for (std::size_t i = 0; i < seen.size(); ++i) CHECK(seen[i] == total - i);
}

}  // namespace noema::tests
