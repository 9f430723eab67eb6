#include "app/server/knowledge_tools.h"

#include <catch2/catch.hpp>

#include "base/error.h"
#include "tests/app/server/served.h"

namespace noema::tests {
namespace {

using nlohmann::json;

struct Memory {
  SmallLife small;
  std::unique_ptr<app::LiveMind> mind;
  Memory() {
    small.mind.reset();
    open();
  }
  void open() {
    mind.reset();
    mind = std::make_unique<app::LiveMind>(small.path, false);
  }
  json call(const std::string& name, const json& arguments = json::object()) {
    for (const app::Tool& tool : app::knowledge_tools(*mind))
      if (tool.name == name) return json::parse(tool.call(arguments, {}).dump());
    throw base::Error("no tool " + name);
  }
};

const json kAnn{{"name", "Ann"}, {"entityType", "person"}, {"observations", {"likes tea", "two\nlines"}}};
const json kAcme{{"name", "Acme"}, {"entityType", "company"}, {"observations", json::array()}};
const json kWorks{{"from", "Ann"}, {"to", "Acme"}, {"relationType", "works_at"}};

}  // namespace

TEST_CASE("entities, observations and relations come back as they were created, from the file too") {
  Memory memory;
  CHECK(memory.call("create_entities", {{"entities", {kAnn, kAcme}}})["entities"].size() == 2);
  CHECK(memory.call("create_relations", {{"relations", {kWorks}}})["relations"].size() == 1);
  memory.open();
  const json expected{{"entities", {kAnn, kAcme}}, {"relations", {kWorks}}};
  CHECK(memory.call("read_graph") == expected);
  CHECK(memory.mind->mind().recall("works at Acme", 3).size() > 0);
}

TEST_CASE("what is there is not created again, and observations are added once") {
  Memory memory;
  memory.call("create_entities", {{"entities", {kAnn}}});
  CHECK(memory.call("create_entities", {{"entities", {kAnn, kAnn}}})["entities"].empty());
  const json added = memory.call(
      "add_observations", {{"observations", {{{"entityName", "Ann"}, {"contents", {"likes tea", "plays chess"}}}}}});
  CHECK(added["results"][0]["addedObservations"] == json{"plays chess"});
  CHECK(memory.call("open_nodes", {{"names", {"Ann"}}})["entities"][0]["observations"].size() == 3);
  CHECK_THROWS_AS(memory.call("add_observations", {{"observations", {{{"entityName", "Bob"}, {"contents", {"x"}}}}}}),
                  base::Error);
}

TEST_CASE("what is deleted is withdrawn, and can be created again") {
  Memory memory;
  memory.call("create_entities", {{"entities", {kAnn, kAcme}}});
  memory.call("create_relations", {{"relations", {kWorks}}});
  memory.call("delete_observations", {{"deletions", {{{"entityName", "Ann"}, {"observations", {"likes tea"}}}}}});
  CHECK(memory.call("open_nodes", {{"names", {"Ann"}}})["entities"][0]["observations"] == json{"two\nlines"});
  memory.call("delete_relations", {{"relations", {kWorks}}});
  CHECK(memory.call("read_graph")["relations"].empty());
  memory.call("create_relations", {{"relations", {kWorks}}});
  memory.call("delete_entities", {{"entityNames", {"Acme"}}});
  const json left = memory.call("read_graph");
  CHECK(left["entities"].size() == 1);
  CHECK(left["relations"].empty());
  memory.call("create_entities", {{"entities", {kAcme}}});
  memory.call("create_relations", {{"relations", {kWorks}}});
  CHECK(memory.call("read_graph")["relations"] == json::array({kWorks}));
}

TEST_CASE("a search finds names, types and observations, whatever the case") {
  Memory memory;
  memory.call("create_entities", {{"entities", {kAnn, kAcme}}});
  CHECK(memory.call("search_nodes", {{"query", "TEA"}})["entities"][0]["name"] == "Ann");
  CHECK(memory.call("search_nodes", {{"query", "company"}})["entities"].size() == 1);
  CHECK(memory.call("search_nodes", {{"query", "nothing"}})["entities"].empty());
}

}  // namespace noema::tests
