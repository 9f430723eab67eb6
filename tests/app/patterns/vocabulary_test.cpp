#include "app/patterns/vocabulary.h"

#include <catch2/catch.hpp>
#include <set>

#include "tests/app/patterns/small_graph.h"

using namespace noema;
using namespace noema::app::patterns;

TEST_CASE("every kind of node and relation can be read from a life, with all its properties") {
  const tests::SmallGraph graph;
  for (const NodeKind* kind : node_kinds()) {
    INFO(kind->label);
    CHECK(column_named(kind->columns, "no such property") == nullptr);
    for (const Column& column : kind->columns) {
      INFO(column.name);
      CHECK(column_named(kind->columns, column.name) == &column);
      const std::string read = std::string("MATCH (a:") + kind->label + ") RETURN a." + column.name + " LIMIT 1";
      CHECK(graph.ask(read).answer.columns.size() == 1);
    }
  }
  for (const RelationType& type : relation_types()) {
    INFO(type.name);
    CHECK_FALSE(std::string(type.help).empty());
    CHECK_NOTHROW(graph.ask(std::string("MATCH (a)-[r:") + type.name + "]->(b) RETURN r LIMIT 1"));
    for (const Column& column : type.kind->columns)
      CHECK_NOTHROW(
          graph.ask(std::string("MATCH (a)-[r:") + type.name + "]->(b) RETURN r." + column.name + " LIMIT 1"));
  }
}

TEST_CASE("labels and types have names of their own and a line that explains them") {
  std::set<std::string> names;
  for (const Label& label : labels()) {
    CHECK(names.insert(label.name).second);
    CHECK_FALSE(std::string(label.help).empty());
    CHECK((label.column == nullptr) == (label.value == nullptr));
  }
  for (const RelationType& type : relation_types()) CHECK(names.insert(type.name).second);
  const std::string table = vocabulary_table();
  for (const std::string& name : names) CHECK(table.find("`" + name + "`") != std::string::npos);
}

TEST_CASE("an unknown label, type or property is refused with the nearest name, all of them, and its place") {
  const tests::SmallGraph graph;
  CHECK_THAT(graph.refused("MATCH (a:Compsite) RETURN a"),
             Catch::Contains("line 1, column 10") && Catch::Contains("did you mean Composite?"));
  CHECK_THAT(graph.refused("MATCH (a)-[:PARTOF]->(b) RETURN a"), Catch::Contains("did you mean PART_OF?"));
  CHECK_THAT(graph.refused("MATCH (a:Concept) RETURN a.cuont"), Catch::Contains("did you mean count?"));
  CHECK_THAT(graph.refused("MATCH (a:Concept)\nRETURN a.zzzzzzzz"), Catch::Contains("line 2"));
}
