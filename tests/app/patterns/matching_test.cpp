// MATCH and OPTIONAL MATCH, in scenarios after the openCypher Technology Compatibility Kit, written anew.

#include "app/patterns/matching.h"

#include <catch2/catch.hpp>

#include "tests/app/patterns/small_graph.h"

namespace noema::tests {

TEST_CASE("MATCH of nodes: by label, by property, by several, by none") {
  const SmallGraph graph;
  CHECK(graph("MATCH (a:Composite) RETURN a.label ORDER BY a.label") == R"(["red fox"]["red fox den"])");
  CHECK(graph("MATCH (a:Concept:Category) RETURN a.label") == R"(["{fox}"])");
  CHECK(graph("MATCH (a:Sense {label: 'fox', count: 3}) RETURN id(a)") == "[2]");
  CHECK(graph("MATCH (a:Concept {label: 'nothing'}) RETURN a").empty());
  CHECK(graph("MATCH (a:Sense {label: null}) RETURN a").empty());
  CHECK(graph("MATCH (n) RETURN labels(n)[0] AS label, count(*) ORDER BY label") ==
        R"(["Concept",8]["Episode",3]["Form",8]["Rule",1]["Thing",4]["Thought",1])");
  CHECK(graph("MATCH (a:Category), (b:Composite) RETURN a.label, b.label ORDER BY b.label") ==
        R"(["{fox}","red fox"]["{fox}","red fox den"])");
  CHECK_THAT(graph.refused("MATCH (a:Composite:Episode) RETURN a"),
             Catch::Contains("column 20: no node has the label Episode"));
}

TEST_CASE("MATCH of relations: in both directions, in either, of several types") {
  const SmallGraph graph;
  CHECK(graph("MATCH (a {label: 'red'})-[:FOLLOWS]->(b) RETURN b.label ORDER BY b.label") == R"(["fox"]["hen"])");
  CHECK(graph("MATCH (b)<-[:FOLLOWS]-(a {label: 'red'}) RETURN b.label ORDER BY b.label") == R"(["fox"]["hen"])");
  CHECK(graph("MATCH (a)-[:FOLLOWS]->(b {label: 'fox'}) RETURN a.label ORDER BY a.label") == R"(["fox"]["red"])");
  CHECK(graph("MATCH (a:Concept)-[:PART_OF]-(b {label: 'red fox'}) RETURN a.label ORDER BY a.label") ==
        R"(["fox"]["red"]["red fox den"])");
  CHECK(graph("MATCH (a {label: 'fox'})-[r:PART_OF|INSTANCE_OF]->(b) RETURN type(r), b.label ORDER BY 1") ==
        R"(["INSTANCE_OF","{fox}"]["PART_OF","red fox"])");
  CHECK(graph("MATCH (a:Concept)-[:PART_OF|:INSTANCE_OF]->(:Category) RETURN a.label ORDER BY 1") ==
        R"(["fox"]["hen"])");
  CHECK(graph("MATCH (a:Composite)<--(b) RETURN a.label, b.label ORDER BY 2") ==
        R"(["red fox den","den"]["red fox","fox"]["red fox","red"]["red fox den","red fox"]["red fox",null])");
  CHECK(graph("MATCH (a:Composite)<-[:PART_OF {place: 1}]-(b) RETURN b.label ORDER BY 1") == R"(["den"]["fox"])");
}

TEST_CASE("MATCH of a loop finds it once in each direction that is asked for") {
  const SmallGraph graph;
  CHECK(graph("MATCH (a)-[:FOLLOWS]->(a) RETURN a.label") == R"(["fox"])");
  CHECK(graph("MATCH (a)-[:FOLLOWS]-(a) RETURN a.label") == R"(["fox"])");
  CHECK(graph("MATCH (a {label: 'fox'})-[:FOLLOWS]-(b) RETURN b.label ORDER BY 1") == R"(["den"]["fox"]["red"])");
}

TEST_CASE("the end of a line is no concept") {
  const SmallGraph graph;
  CHECK(graph("MATCH (a {label: 'den'})-[:FOLLOWS]->(b) RETURN b").empty());
  CHECK(graph("MATCH (a {label: 'den'})-[:FOLLOWS*1..2]->(b) RETURN b").empty());
}

TEST_CASE("within one MATCH no relation is matched twice; nodes are, and relations of two clauses") {
  const SmallGraph graph;
  CHECK(
      graph("MATCH (a)-[:PART_OF]->(b)<-[:PART_OF]-(c) WHERE b.label = 'red fox' RETURN a.label, c.label ORDER BY 1") ==
      R"(["fox","red"]["red","fox"])");
  CHECK(graph("MATCH (a)-[:PART_OF]->(b {label: 'red fox'}) MATCH (c)-[:PART_OF]->(b) RETURN count(*)") == "[4]");
  CHECK(graph("MATCH (a)-[:PART_OF]->(b {label: 'red fox'}), (c)-[:PART_OF]->(b) RETURN count(*)") == "[2]");
  CHECK(graph("MATCH (a {label: 'fox'})-[:FOLLOWS]->(b)-[:FOLLOWS]->(c) RETURN b.label, c.label") ==
        R"(["fox","den"])");
  CHECK(graph("MATCH (a {label: 'fox'})-[:FOLLOWS]-(b)-[:FOLLOWS]-(c) RETURN b.label, c.label ORDER BY 1, 2") ==
        R"(["fox","den"]["fox","red"]["red","hen"])");
}

TEST_CASE("relations between nodes of different kinds") {
  const SmallGraph graph;
  CHECK(graph("MATCH (t:Thought)-[:ABOUT]->(c) RETURN c.label ORDER BY 1") == R"(["fox"]["red"])");
  CHECK(graph("MATCH (t:Thought)-[:MADE]->(c:Composite) RETURN t.kind, c.label") == R"(["compose","red fox"])");
  CHECK(graph("MATCH (t:Thought)-[:EVIDENCE]->(e) RETURN e.text ORDER BY 1") == R"(["fox fox"]["red fox den"])");
  CHECK(graph("MATCH (c:Concept {label: 'fox'})-[m:MENTIONED_IN]->(e) RETURN e.id, m.place ORDER BY 1, 2") ==
        "[1,1][3,0][3,1]");
  CHECK(graph("MATCH (e:Episode {speaker: 'Bob'})-[m:MENTIONS]->(c) RETURN c.label ORDER BY m.place") ==
        R"(["red"]["hen"])");
  CHECK(graph("MATCH (c:Concept)-[w:WRITTEN]->(f:Form {surface: 'hen'}) RETURN c.label, w.count") == R"(["hen",1])");
  CHECK(graph("MATCH (a:Thing {label: 'fox'})-[f:FACT]->(b) RETURN f.relation, b.label ORDER BY 1") ==
        R"(["X eats Y","hen"]["X lives in Y","den"])");
  CHECK(graph("MATCH (a:Thing {label: 'fox'})-[:FACT]->(b)-[f:FACT]->(c) RETURN c.label, f.until_episode") ==
        R"(["barn",3])");
  CHECK(graph("MATCH (a:Thing)-[:FACT]->(b:Thing)-[:NAMES]->(c:Concept) RETURN b.label, c.count ORDER BY 1") ==
        R"(["den",2]["hen",1])");
  CHECK(graph("MATCH (a:Thing)-[t:TOLD_IN]->(e:Episode {id: 2}) RETURN a.label, t.relation, t.value ORDER BY 1") ==
        R"(["fox","X eats Y","hen"]["hen","X lives in Y","barn"])");
  CHECK(graph("MATCH (a:Concept {label: 'fox'})-[r]-(b) RETURN type(r), labels(b)[0] AS l, count(*) ORDER BY 1, 2") ==
        R"(["ABOUT","Thought",1]["FOLLOWS","Concept",3]["INSTANCE_OF","Concept",1]["MENTIONED_IN","Episode",3])"
        R"(["NAMES","Thing",1]["PART_OF","Concept",1]["WRITTEN","Form",1])");
  CHECK_THAT(graph.refused("MATCH (t:Thought)-[:PART_OF]->(c) RETURN c"),
             Catch::Contains("no relation can connect these nodes: PART_OF goes from Concept to Concept"));
}

TEST_CASE("a variable length goes along relations that are all different, from its least number to its most") {
  const SmallGraph graph;
  CHECK(graph("MATCH (a {label: 'red'})-[:PART_OF*1..3]->(b) RETURN b.label ORDER BY 1") ==
        R"(["red fox"]["red fox den"])");
  CHECK(graph("MATCH (a {label: 'red'})-[:PART_OF*2]->(b) RETURN b.label") == R"(["red fox den"])");
  CHECK(graph("MATCH (a {label: 'red'})-[:PART_OF*0..1]->(b) RETURN b.label ORDER BY 1") == R"(["red"]["red fox"])");
  CHECK(graph("MATCH (a {label: 'red'})-[:PART_OF*..1]->(b) RETURN b.label") == R"(["red fox"])");
  CHECK(graph("MATCH (b)<-[:PART_OF*1..3]-(a {label: 'red'}) RETURN b.label ORDER BY 1") ==
        R"(["red fox"]["red fox den"])");
  CHECK(graph("MATCH (a:Sense)-[:PART_OF*1..3]->(b {label: 'red fox den'}) RETURN a.label ORDER BY 1") ==
        R"(["den"]["fox"]["red"])");
  CHECK(graph("MATCH (a {label: 'red'})-[:FOLLOWS*1..5]->(b {label: 'den'}) RETURN count(*)") == "[2]");
  CHECK(graph("MATCH (a {label: 'red'})-[:PART_OF*1..4]-(b) RETURN b.label ORDER BY 1") ==
        R"(["den"]["fox"]["red fox"]["red fox den"])");
  CHECK(graph("MATCH (a:Thing {label: 'fox'})-[:FACT*1..3]->(b) RETURN b.label ORDER BY 1") ==
        R"(["barn"]["den"]["hen"])");
  CHECK(graph("MATCH (a:Thing {label: 'fox'})-[:FACT*1..3 {relation: 'X lives in Y'}]->(b) RETURN b.label") ==
        R"(["den"])");
  CHECK(graph("MATCH (a {label: 'red'})-[r:PART_OF*2]->(b) RETURN [x IN r | x.place] AS p, size(r)") == "[[0,0],2]");
}

TEST_CASE("a variable length among other relations keeps apart from them") {
  const SmallGraph graph;
  CHECK(graph("MATCH (a {label: 'red'})-[:PART_OF]->(b)-[:PART_OF*1..2]->(c) RETURN c.label") == R"(["red fox den"])");
  CHECK(graph("MATCH (a {label: 'red'})-[:PART_OF]-(b)-[:PART_OF*1..2]-(c) RETURN c.label ORDER BY 1") ==
        R"(["den"]["fox"]["red fox den"])");
  CHECK(graph("MATCH (a {label: 'red'})-[:PART_OF*1..2]-(b {label: 'red fox'})-[:PART_OF*1..2]-(c) RETURN c.label "
              "ORDER BY 1") == R"(["den"]["fox"]["red fox den"])");
  CHECK(graph("MATCH (a {label: 'red'})-[:PART_OF*1..2]->(b) MATCH (b)-[:PART_OF]->(c) RETURN c.label") ==
        R"(["red fox den"])");
  CHECK(graph("MATCH (a:Sense)-[:PART_OF*1..2]->(b)<-[:PART_OF]-(c:Sense) RETURN a.label, b.label, c.label ORDER BY 1, "
              "2") ==
        R"(["fox","red fox","red"]["fox","red fox den","den"]["red","red fox","fox"]["red","red fox den","den"])");
}

TEST_CASE("paths have nodes, relations and a length") {
  const SmallGraph graph;
  CHECK(graph("MATCH p = (a {label: 'red'})-[:PART_OF*1..3]->(b) RETURN [n IN nodes(p) | n.label] AS n, length(p) "
              "ORDER BY 2") == R"([["red","red fox"],1][["red","red fox","red fox den"],2])");
  CHECK(graph("MATCH p = (b {label: 'red fox den'})<-[:PART_OF*2]-(a {label: 'red'}) RETURN [n IN nodes(p) | n.label] "
              "AS n") == R"([["red fox den","red fox","red"]])");
  CHECK(graph("MATCH p = (a:Sense)-[:PART_OF*1..2]->(b {label: 'red fox den'}) WHERE a.label = 'red' RETURN [n IN "
              "nodes(p) | "
              "n.label] AS n, [r IN relationships(p) | r.place] AS r") == R"([["red","red fox","red fox den"],[0,0]])");
  CHECK(graph("MATCH p = (a {label: 'red'})-[:FOLLOWS]->(b {label: 'hen'}) RETURN [r IN relationships(p) | type(r)] AS "
              "r") == R"([["FOLLOWS"]])");
  CHECK(graph("MATCH p = (a {label: 'red'})-[:FOLLOWS]->(b)-[:PART_OF*1..2]->(c {label: 'red fox'}) RETURN [n IN "
              "nodes(p) | "
              "n.label] AS n, length(p)") == R"([["red","fox","red fox"],2])");
  CHECK(graph("MATCH p = (a:Concept {label: 'owl'}) RETURN length(p), size(nodes(p))") == "[0,1]");
  CHECK_THAT(graph.refused("MATCH p = (t:Thought)-[:ABOUT]->(c) RETURN p"), Catch::Contains("nodes of one kind"));
}

TEST_CASE("OPTIONAL MATCH gives null where nothing is found; its WHERE is part of it") {
  const SmallGraph graph;
  CHECK(graph("MATCH (a:Sense) OPTIONAL MATCH (a)-[:INSTANCE_OF]->(c) RETURN a.label, c.label ORDER BY 1") ==
        R"(["den",null]["fox","{fox}"]["hen","{fox}"]["owl",null]["red",null])");
  CHECK(graph("MATCH (a:Composite) OPTIONAL MATCH (a)<-[:PART_OF]-(b) WHERE b.count > 3 RETURN a.label, b.label ORDER "
              "BY 1") == R"(["red fox","red"]["red fox den",null])");
  CHECK(graph("OPTIONAL MATCH (a:Sense {label: 'nothing'}) RETURN a, a.label, labels(a), id(a)") ==
        "[null,null,null,null]");
  CHECK(graph("OPTIONAL MATCH (a:Sense {label: 'nothing'})-[r]->(b:Concept) RETURN type(r), b.count, r") ==
        "[null,null,null]");
  CHECK(graph("OPTIONAL MATCH (a:Sense {label: 'nothing'}) MATCH (a)-->(b) RETURN b").empty());
  CHECK(graph("OPTIONAL MATCH (a:Sense {label: 'nothing'}) MATCH (a) RETURN a").empty());
  CHECK(graph("MATCH (a:Concept {label: 'owl'}) OPTIONAL MATCH (a)-[:PART_OF]->(b) OPTIONAL MATCH (b)-[:PART_OF]->(c) "
              "RETURN b, c") == "[null,null]");
  CHECK(graph("MATCH (a:Sense) OPTIONAL MATCH (a)-[:PART_OF*1..3]->(b) RETURN a.label, count(b) ORDER BY 1") ==
        R"(["den",1]["fox",2]["hen",0]["owl",0]["red",2])");
  CHECK(graph("MATCH (a:Sense) OPTIONAL MATCH (a)-[:PART_OF|INSTANCE_OF]-(b) RETURN a.label, count(b) ORDER BY 2, 1") ==
        R"(["owl",0]["den",1]["hen",1]["red",1]["fox",2])");
}

TEST_CASE("EXISTS asks whether there is a way") {
  const SmallGraph graph;
  CHECK(graph("MATCH (a:Sense) WHERE NOT EXISTS { (a)-[:PART_OF]->() } RETURN a.label ORDER BY 1") ==
        R"(["hen"]["owl"])");
  CHECK(graph("MATCH (a:Sense) WHERE EXISTS { MATCH (a)-[:PART_OF]->(b) WHERE b.count = a.count } RETURN a.label ORDER "
              "BY 1") == R"(["den"]["fox"])");
  CHECK(graph("MATCH (a:Sense) RETURN a.label, EXISTS { (a)--(:Category) } AS e ORDER BY 1 LIMIT 2") ==
        R"(["den",false]["fox",true])");
}

TEST_CASE("what is asked of one concept is found by indexes, not by looking at all") {
  const SmallGraph graph;
  for (const char* pattern : {"MATCH (a:Concept {label: 'fox'})-[r:FOLLOWS]->(b) RETURN b.label, r.count",
                              "MATCH (a:Concept)-[:FOLLOWS]->(b {label: 'fox'}) RETURN a.label",
                              "MATCH (a {label: 'fox'})-[:FOLLOWS]-(b) RETURN b.label",
                              "MATCH (a {label: 'fox'})-[:PART_OF*1..3]->(b) RETURN b.label",
                              "MATCH (a)-[:PART_OF*1..3]->(b {label: 'fox'}) RETURN a.label",
                              "MATCH (a:Thing {label: 'fox'})-[f:FACT]->(b) RETURN b.label",
                              "MATCH (a:Thing)-[f:FACT]->(b {label: 'fox'}) RETURN a.label",
                              "MATCH (a:Concept {label: 'fox'})<-[:ABOUT]-(t) RETURN t.kind",
                              "MATCH (a:Concept {label: 'fox'})-[:WRITTEN]->(f) RETURN f"}) {
    const auto plan = memory::query(graph.path, "EXPLAIN QUERY PLAN " + app::sql_of(pattern, {})).rows;
    for (const auto& row : plan) {
      const auto& step = std::get<std::string>(row.at(3));
      INFO(pattern << ": " << step);
      for (const char* table : {"SCAN c", "SCAN r ", "SCAN f", "SCAN n", "SCAN t"})
        CHECK_FALSE(step.starts_with(table));
    }
  }
}

TEST_CASE("variables that cannot be matched again are refused") {
  const SmallGraph graph;
  CHECK_THAT(graph.refused("MATCH (a:Sense)-[r]->(b) MATCH (c)-[r]->(d) RETURN a"),
             Catch::Contains("'r' stands for something already"));
  CHECK_THAT(graph.refused("MATCH (a:Sense)-[a]->(b) RETURN a"), Catch::Contains("'a' stands for something already"));
  CHECK_THAT(graph.refused("WITH 1 AS a MATCH (a) RETURN a"), Catch::Contains("'a' is a number, not a node"));
  CHECK_THAT(graph.refused("MATCH (a)--(b)--(c)--(d)--(e) RETURN a"),
             Catch::Contains("more than 32 ways to read this pattern"));
}

}  // namespace noema::tests
