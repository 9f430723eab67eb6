// WITH, RETURN, ORDER BY, SKIP, LIMIT, UNWIND and aggregation, in scenarios after the openCypher Technology
// Compatibility Kit, written anew.

#include "app/patterns/projection.h"

#include <catch2/catch.hpp>

#include "tests/app/patterns/small_graph.h"

namespace noema::tests {

TEST_CASE("RETURN names its columns by their text, or by AS; each name once") {
  const SmallGraph graph;
  const auto columns = [&](const std::string& pattern) { return graph.ask(pattern).answer.columns; };
  CHECK(columns("MATCH (a:Category) RETURN a.label, count( * ), a.count AS n") ==
        std::vector<std::string>{"a.label", "count( * )", "n"});
  CHECK(columns("MATCH (b:Category)<-[r]-(a:Concept) RETURN *") == std::vector<std::string>{"b", "a", "r"});
  CHECK_THAT(graph.refused("RETURN 1 AS x, 2 AS x"), Catch::Contains("two columns 'x'"));
  CHECK_THAT(graph.refused("RETURN *"), Catch::Contains("* stands for all variables, and there are none"));
  CHECK_THAT(graph.refused("MATCH (a:Category)"), Catch::Contains("the pattern gives nothing; expected RETURN"));
  CHECK_THAT(graph.refused("RETURN 1 AS x RETURN 2 AS y"), Catch::Contains("RETURN is the last clause"));
}

TEST_CASE("RETURN gives nodes and relations whole") {
  const SmallGraph graph;
  CHECK(graph("MATCH (a:Category) RETURN a") ==
        R"([{"labels":["Concept","Category"],"id":7,"kind":"category","label":"{fox}","count":5}])");
  CHECK(graph("MATCH (a:Concept {label: 'red'})-[r:PART_OF]->(b) RETURN r") ==
        R"([{"type":"PART_OF","from":1,"to":5,"count":3,"place":0}])");
  CHECK(graph("MATCH (a:Thing {label: 'barn'}) RETURN a") == R"([{"labels":["Thing"],"label":"barn"}])");
  CHECK(graph("MATCH (c:Category)<-[:INSTANCE_OF]-(a) RETURN collect(a) AS all")
            .starts_with(R"([[{"labels":["Concept","Sense"],"id":2)"));
}

TEST_CASE("DISTINCT gives each row once") {
  const SmallGraph graph;
  CHECK(graph("MATCH (a:Concept) RETURN DISTINCT a.kind ORDER BY a.kind") == R"(["category"]["composite"]["sense"])");
  CHECK(graph("MATCH (a:Sense)-->(b:Category) WITH DISTINCT b RETURN b.label") == R"(["{fox}"])");
  CHECK(graph("UNWIND [1, 1, null, null] AS x RETURN DISTINCT x") == "[1][null]");
  CHECK_THAT(graph.refused("MATCH (a:Concept) RETURN DISTINCT a.kind ORDER BY a.count"),
             Catch::Contains("many values a row"));
}

TEST_CASE("ORDER BY: by variables, columns, expressions and aggregates; null comes last, or first where it descends") {
  const SmallGraph graph;
  CHECK(graph("MATCH (a:Sense) RETURN a.label ORDER BY a.count DESC") == R"(["owl"]["red"]["fox"]["den"]["hen"])");
  CHECK(graph("MATCH (a:Sense) RETURN a.count AS n ORDER BY n") == "[1][2][3][4][7]");
  CHECK(graph("MATCH (a:Sense) RETURN a.count AS n ORDER BY -n LIMIT 2") == "[7][4]");
  CHECK(graph("MATCH (a:Sense) RETURN a.label, a.count ORDER BY 2 LIMIT 1") == R"(["hen",1])");
  CHECK(graph("MATCH (a:Concept) RETURN a.kind, count(*) ORDER BY count(*) DESC, a.kind") ==
        R"(["sense",5]["composite",2]["category",1])");
  CHECK(graph("MATCH (a:Concept) RETURN a.kind, count(*) AS n ORDER BY n + 1 DESC LIMIT 1") == R"(["sense",5])");
  CHECK(graph("UNWIND [2, null, 1] AS x RETURN x ORDER BY x") == "[1][2][null]");
  CHECK(graph("UNWIND [2, null, 1] AS x RETURN x ORDER BY x DESC") == "[null][2][1]");
  CHECK(graph("MATCH (a:Category) RETURN a ORDER BY a").size() > 10);
  CHECK_THAT(graph.refused("MATCH (a:Concept) RETURN a.kind, count(*) ORDER BY a.label"),
             Catch::Contains("many values a row"));
  CHECK_THAT(graph.refused("RETURN 1 AS x ORDER BY 2"), Catch::Contains("there is no column 2"));
}

TEST_CASE("SKIP and LIMIT take numbers and parameters that are none below 0") {
  const SmallGraph graph;
  CHECK(graph("UNWIND [1, 2, 3, 4] AS x RETURN x ORDER BY x SKIP 1 LIMIT 2") == "[2][3]");
  CHECK(graph("UNWIND [1, 2, 3, 4] AS x RETURN x ORDER BY x SKIP $n", {{"n", 3}}) == "[4]");
  CHECK(graph("UNWIND [1, 2] AS x RETURN x LIMIT 0").empty());
  CHECK_THAT(graph.refused("RETURN 1 LIMIT -1"), Catch::Contains("SKIP and LIMIT take a number"));
  CHECK_THAT(graph.refused("RETURN 1 LIMIT $n", {{"n", -1}}), Catch::Contains("SKIP and LIMIT take a number"));
  CHECK_THAT(graph.refused("RETURN 1 LIMIT 1.5"), Catch::Contains("SKIP and LIMIT take a number"));
}

TEST_CASE("WITH hands on what it names, and nothing else") {
  const SmallGraph graph;
  CHECK(graph("MATCH (a:Sense) WITH a.label AS l, a.count AS n WHERE n > 3 RETURN l ORDER BY l") ==
        R"(["owl"]["red"])");
  CHECK(graph("MATCH (a:Sense) WITH a ORDER BY a.count DESC LIMIT 2 MATCH (a)-[:FOLLOWS]->(b) RETURN a.label, b.label "
              "ORDER BY 2") == R"(["red","fox"]["red","hen"])");
  CHECK(graph("MATCH (a:Sense)-[:PART_OF]->(b) WITH b, count(*) AS parts WHERE parts > 1 RETURN b.label, parts") ==
        R"(["red fox",2])");
  CHECK(graph("MATCH (a:Sense) WITH * WHERE a.count = 7 RETURN a.label") == R"(["owl"])");
  CHECK(graph("WITH 1 AS x WITH x + 1 AS x RETURN x") == "[2]");
  CHECK(graph("MATCH (a:Sense {label: 'red'})-[r:FOLLOWS]->(b) WITH r, b AS c RETURN r.count, c.label ORDER BY 1") ==
        R"([1,"hen"][3,"fox"])");
  CHECK(graph("MATCH (a:Concept {label: 'fox'})--(b) WITH DISTINCT labels(b)[0] AS l RETURN collect(l) AS all").size() >
        10);
  CHECK_THAT(graph.refused("MATCH (a:Sense) WITH a.label AS l RETURN a"),
             Catch::Contains("there is no variable 'a' here; there are l"));
  CHECK_THAT(graph.refused("MATCH (a:Sense) WITH a.label RETURN 1"),
             Catch::Contains("WITH needs a name for 'a.label'"));
}

TEST_CASE("aggregates count over the rows with the same other items") {
  const SmallGraph graph;
  CHECK(graph("MATCH (a:Concept) RETURN a.kind AS k, count(*), sum(a.count), min(a.count), max(a.count) ORDER BY k") ==
        R"(["category",1,5,5,5]["composite",2,5,2,3]["sense",5,17,1,7])");
  CHECK(graph("MATCH (a:Sense) RETURN avg(a.count)") == "[3.4]");
  CHECK(
      graph("MATCH (a:Concept {label: 'nothing'}) RETURN count(*), count(a), sum(a.count), avg(a.count), min(a.count), "
            "collect(a.label)") == "[0,0,0,null,null,[]]");
  CHECK(graph("MATCH (a:Concept {label: 'nothing'}) RETURN a.kind, count(*)").empty());
  CHECK(graph("MATCH (a:Concept) RETURN count(DISTINCT a.kind)") == "[3]");
  CHECK(graph("MATCH (a:Sense)-[:INSTANCE_OF]->(b) RETURN count(b), count(DISTINCT b)") == "[2,1]");
  CHECK(graph("MATCH (n) RETURN count(DISTINCT n)") == "[25]");
  CHECK(graph("UNWIND [3, 1, null, 3] AS x RETURN count(x), collect(x), collect(DISTINCT x), sum(DISTINCT x)") ==
        "[3,[3,1,3],[3,1],4]");
  CHECK(graph("MATCH (a:Sense) WITH a ORDER BY a.label RETURN collect(a.label)") ==
        R"([["den","fox","hen","owl","red"]])");
  CHECK(graph("MATCH (a:Concept) RETURN a.kind = 'sense' AS s, 10 * count(*) + 1 AS n ORDER BY n") ==
        "[false,31][true,51]");
  CHECK(graph("MATCH (a:Concept) RETURN a.kind, size(a.kind) + count(*) AS n ORDER BY n") ==
        R"(["category",9]["sense",10]["composite",11])");
  CHECK_THAT(graph.refused("MATCH (a:Concept) RETURN a.kind, a.count + count(*)"),
             Catch::Contains("many values a row"));
  CHECK_THAT(graph.refused("MATCH (a:Concept) WHERE count(*) > 1 RETURN a"), Catch::Contains("count counts over rows"));
  CHECK_THAT(graph.refused("MATCH (a:Concept) RETURN sum(count(*))"), Catch::Contains("count counts over rows"));
  CHECK_THAT(graph.refused("MATCH (a:Concept) RETURN sum(a.label)"),
             Catch::Contains("sum takes numbers, found a text"));
}

TEST_CASE("nodes are grouped as nodes, not by what is shown of them") {
  const SmallGraph graph;
  CHECK(graph("MATCH (a:Sense)-[:INSTANCE_OF]->(b) RETURN b, count(*)") ==
        R"([{"labels":["Concept","Category"],"id":7,"kind":"category","label":"{fox}","count":5},2])");
  CHECK(graph("MATCH (a:Thing {label: 'fox'})--(n) WITH n, count(*) AS c RETURN sum(c)") == "[5]");
}

TEST_CASE("variables may be called as views and as the compiler's own tables are") {
  const SmallGraph graph;
  CHECK(
      graph(
          "MATCH (c:Category)<-[:INSTANCE_OF]-(b) WITH collect(b) AS step UNWIND step AS concept RETURN concept.label, "
          "[n IN step | n.count] AS n ORDER BY 1") == R"(["fox",[3,1]]["hen",[3,1]])");
  CHECK(graph("MATCH (n:Category) RETURN [i IN range(n.count, 6) | i + n.count] AS value") == "[[10,11]]");
  CHECK(graph("MATCH (walk:Sense {label: 'red'})-[r:PART_OF*1..2]->(w) WITH walk, w AS row OPTIONAL MATCH "
              "(row)<-[:PART_OF]-(found:Sense "
              "{label: 'den'}) RETURN walk.label, row.label, found.label ORDER BY 2") ==
        R"(["red","red fox",null]["red","red fox den","den"])");
  CHECK(graph("MATCH (A:Category), (a:Sense {label: 'owl'}) RETURN A.label, a.label AS `a b`, a.label AS select") ==
        R"(["{fox}","owl","owl"])");
}

TEST_CASE("UNWIND gives a row for each element") {
  const SmallGraph graph;
  CHECK(graph("UNWIND [1, 'a', true, null, [2, 3]] AS x RETURN x") == R"([1]["a"][1][null]["[2,3]"])");
  CHECK(graph("UNWIND [[1, 2], [3]] AS x UNWIND x AS y RETURN x, y") == "[[1,2],1][[1,2],2][[3],3]");
  CHECK(graph("UNWIND null AS x RETURN x").empty());
  CHECK(graph("UNWIND [] AS x RETURN count(*)") == "[0]");
  CHECK(graph("UNWIND $words AS w MATCH (a:Sense {label: w}) RETURN a.count ORDER BY 1",
              {{"words", {"red", "hen", "x"}}}) == "[1][4]");
  CHECK(
      graph(
          "MATCH (a:Category)<-[:INSTANCE_OF]-(b) WITH collect(b) AS all UNWIND all AS b RETURN b.label ORDER BY 1") ==
      R"(["fox"]["hen"])");
  CHECK(graph("UNWIND range(1, 3) AS x RETURN x * x AS y") == "[1][4][9]");
  CHECK_THAT(graph.refused("UNWIND 1 AS x RETURN x"), Catch::Contains("UNWIND takes a list, found a number"));
}

}  // namespace noema::tests
