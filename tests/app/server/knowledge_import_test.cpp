#include "app/server/knowledge_import.h"

#include <catch2/catch.hpp>

#include "app/server/knowledge_tools.h"
#include "base/error.h"
#include "tests/app/server/served.h"

namespace noema::tests {
namespace {

struct Importer {
  SmallLife small;
  std::unique_ptr<app::LiveMind> mind;
  Importer() {
    small.mind.reset();
    mind = std::make_unique<app::LiveMind>(small.path, false);
  }
  app::Imported take(const std::string& text) {
    return app::import_knowledge(*mind, small.work.write("memory.json", text));
  }
  nlohmann::ordered_json graph() {
    for (const app::Tool& tool : app::knowledge_tools(*mind))
      if (tool.name == "read_graph") return tool.call(nlohmann::json::object(), {});
    return {};
  }
};

const char* kKept = R"({"type":"entity","name":"Ann","entityType":"person","observations":["likes tea","plays chess"]}
{"type":"entity","name":"Acme","entityType":"company","observations":[]}
{"type":"relation","from":"Ann","to":"Acme","relationType":"works_at"}
)";

}  // namespace

TEST_CASE("what the memory server kept is taken in once") {
  Importer importer;
  const app::Imported first = importer.take(kKept), again = importer.take(kKept);
  CHECK(first.entities == 2);
  CHECK(first.relations == 1);
  CHECK(again.entities + again.relations == 0);
  CHECK(importer.graph()["entities"][0]["observations"].size() == 2);
  CHECK(importer.graph()["relations"].size() == 1);
}

TEST_CASE("a line that is neither an entity nor a relation is refused with its place") {
  Importer importer;
  for (const char* bad :
       {"no JSON", "[]", R"({"type":"entity","name":3,"entityType":"x"})",
        R"({"type":"entity","name":"a","entityType":"x","observations":[1]})", R"({"type":"relation"})"})
    CHECK_THROWS_WITH(importer.take(std::string(kKept) + bad), Catch::Contains("memory.json:4: expected"));
}

}  // namespace noema::tests
