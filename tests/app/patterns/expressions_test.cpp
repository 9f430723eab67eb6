// Expressions, in scenarios after the openCypher Technology Compatibility Kit, written anew.

#include "app/patterns/expressions.h"

#include <catch2/catch.hpp>

#include "tests/app/patterns/small_graph.h"

namespace noema::tests {

TEST_CASE("three truth values: AND, OR, XOR and NOT") {
  const SmallGraph graph;
  CHECK(graph("RETURN true AND null AS a, false AND null AS b, true OR null AS c, false OR null AS d") ==
        "[null,false,true,null]");
  CHECK(graph("RETURN true XOR false AS a, true XOR true AS b, true XOR null AS c, NOT null AS d, NOT NOT true AS e") ==
        "[true,false,null,null,true]");
  CHECK(graph("RETURN true XOR true XOR true AS a, true OR true AND false AS b, NOT false AND false AS c") ==
        "[true,true,false]");
  CHECK_THAT(graph.refused("RETURN 1 AND true"),
             Catch::Contains("column 8: expected a truth value, such as a.count > 10, found a number"));
}

TEST_CASE("what is compared with null is null, and a row is kept only where its condition is true") {
  const SmallGraph graph;
  CHECK(graph("RETURN null = null AS a, null <> 1 AS b, 1 < null AS c, null IS NULL AS d, 1 IS NOT NULL AS e") ==
        "[null,null,null,true,true]");
  CHECK(graph("MATCH (a:Sense) WHERE a.category_id = null RETURN a").empty());
  CHECK(graph("MATCH (a:Sense) WHERE a.category_id <> 9 RETURN count(*)") == "[2]");
  CHECK(graph("MATCH (a:Sense) WHERE NOT a.category_id = 9 RETURN count(*)") == "[2]");
  CHECK(graph("MATCH (a:Sense) WHERE a.category_id IS NULL RETURN count(*)") == "[3]");
}

TEST_CASE("comparisons: in chains, of different kinds of values, of nodes") {
  const SmallGraph graph;
  CHECK(graph("RETURN 1 < 2 AS a, 1 < 2 < 3 AS b, 1 < 3 < 2 AS c, 1 = 1.0 AS d, 'a' < 'b' AS e") ==
        "[true,true,false,true,true]");
  CHECK(graph("RETURN 1 = '1' AS a, 1 <> '1' AS b, 1 < 'a' AS c, true = 'true' AS d, [1] = 1 AS e") ==
        "[false,true,null,false,false]");
  CHECK(graph("MATCH (a:Sense) WHERE a.count = '3' RETURN a").empty());
  CHECK(graph("RETURN [1, 2] = [1, 2] AS a, [1] = [2] AS b") == "[true,false]");
  CHECK(graph("MATCH (a:Composite), (b:Composite) WHERE a <> b RETURN count(*)") == "[2]");
  CHECK(graph("MATCH (a:Category), (e:Episode) RETURN DISTINCT a = e AS x") == "[false]");
}

TEST_CASE("arithmetic keeps integers, and binds as it does elsewhere") {
  const SmallGraph graph;
  CHECK(
      graph("RETURN 1 + 2 * 3 AS a, (1 + 2) * 3 AS b, 7 / 2 AS c, 7 / 2.0 AS d, 7 % 3 AS e, 2 ^ 3 AS f, -3 + 1 AS g") ==
      "[7,9,3,3.5,1,8.0,-2]");
  CHECK(graph("RETURN 10 - 3 - 2 AS a, 1 - -1 AS b, 5.5 % 2 AS c, 1e2 AS d, - (1 + 1) AS e") == "[5,2,1.5,100.0,-2]");
  CHECK(graph("RETURN 1 + null AS a, null * 2 AS b") == "[null,null]");
  CHECK_THAT(graph.refused("RETURN 'a' * 2"), Catch::Contains("'*' takes numbers, found a text"));
  CHECK_THAT(graph.refused("RETURN true + 1"), Catch::Contains("'+' takes numbers, found a truth value"));
}

TEST_CASE("texts: joined, compared, cut; quoted in two ways, with escapes") {
  const SmallGraph graph;
  CHECK(graph("RETURN 'a' + 'b' AS a, 'n' + 1 AS b, \"it's\" AS c, 'it\\'s \\u9053' AS d") ==
        R"(["ab","n1","it's","it's 道"])");
  CHECK(graph("RETURN 'abc' STARTS WITH 'ab' AS a, 'abc' ENDS WITH 'bc' AS b, 'abc' CONTAINS 'x' AS c, 'abc' STARTS "
              "WITH '' AS "
              "d, 'abc' ENDS WITH '' AS e, 'a' ENDS WITH 'ba' AS f") == "[true,true,false,true,true,false]");
  CHECK(graph("RETURN null STARTS WITH 'a' AS a, 'a' CONTAINS null AS b, 1 CONTAINS '1' AS c") == "[null,null,null]");
  CHECK(graph("MATCH (a:Concept) WHERE a.label STARTS WITH 'red' AND NOT a.label CONTAINS 'den' RETURN a.label ORDER "
              "BY 1") == R"(["red"]["red fox"])");
  CHECK(
      graph(
          "RETURN toUpper('ab') AS a, trim('  x ') AS b, replace('aab', 'a', 'c') AS c, substring('hello', 1, 3) AS d, "
          "left('hello', 2) AS e, right('hello', 2) AS f, right('hello', 9) AS g, size('道可道') AS h") ==
      R"(["AB","x","ccb","ell","he","lo","hello",3])");
  CHECK(graph("RETURN 'x;y' AS a // a comment\n /* another */, 'its' IS NULL AS b") == R"(["x;y",false])");
}

TEST_CASE("IN says null where an element that is null might have been it") {
  const SmallGraph graph;
  CHECK(graph("RETURN 1 IN [1, 2] AS a, 3 IN [1, 2] AS b, 3 IN [1, null] AS c, null IN [1] AS d, null IN [] AS e, 1 IN "
              "null AS f") == "[true,false,null,null,false,null]");
  CHECK(graph("RETURN 1 IN $l AS a, 3 IN $l AS b", {{"l", {1, 2}}}) == "[true,false]");
  CHECK(graph("MATCH (a:Sense) WHERE a.label IN ['red', 'owl'] RETURN a.label ORDER BY 1") == R"(["owl"]["red"])");
  CHECK(graph("MATCH (c:Category)<-[:INSTANCE_OF]-(b) WITH collect(b) AS all MATCH (a:Sense) WHERE a IN all RETURN "
              "count(*)") == "[2]");
  CHECK_THAT(graph.refused("RETURN 1 IN 2"), Catch::Contains("expected a list after IN, found a number"));
}

TEST_CASE("lists: elements, joined, made from others") {
  const SmallGraph graph;
  CHECK(graph("RETURN [1, 2, 3][0] AS a, [1, 2, 3][-1] AS b, [1][5] AS c, [1] + [2] AS d, [1] + 2 AS e, size([1, 2]) "
              "AS f") == "[1,3,null,[1,2],[1,2],2]");
  CHECK(
      graph("RETURN [true, null, [1, 'a']] AS a, [[1]] + [[2]] AS b, head([7, 8]) AS c, last([7, 8]) AS d, [] AS e") ==
      R"([[true,null,[1,"a"]],[[1],[2]],7,8,[]])");
  CHECK(graph("RETURN [x IN [1, 2, 3] WHERE x > 1 | x * 10] AS a, [x IN [1, 2] | x > 1] AS b, [x IN null | x] AS c, [x "
              "IN [1, 2] "
              "WHERE x = 2] AS d") == "[[20,30],[false,true],null,[2]]");
  CHECK(graph("RETURN range(0, 10, 5) AS a, range(3, 1) AS b, range(3, 1, -1) AS c") == "[[0,5,10],[],[3,2,1]]");
  CHECK(graph("RETURN [x IN [[1, 2], [3]] | [y IN x | y + 1]] AS a") == "[[[2,3],[4]]]");
}

TEST_CASE("CASE in both forms") {
  const SmallGraph graph;
  CHECK(graph("MATCH (a:Sense) RETURN a.label, CASE WHEN a.count > 3 THEN 'many' WHEN a.count > 1 THEN 'some' ELSE "
              "'one' END AS n "
              "ORDER BY 1") == R"(["den","some"]["fox","some"]["hen","one"]["owl","many"]["red","many"])");
  CHECK(graph("RETURN CASE 2 WHEN 1 THEN 'a' WHEN 2 THEN 'b' END AS x, CASE 3 WHEN 1 THEN 'a' END AS y, CASE null WHEN "
              "null "
              "THEN 1 ELSE 2 END AS z") == R"(["b",null,2])");
}

TEST_CASE("labels, types, keys and conversions") {
  const SmallGraph graph;
  CHECK(graph("MATCH (a:Composite {label: 'red fox'}) RETURN labels(a), a:Composite AS x, a:Sense AS y, a:Episode AS "
              "z, id(a)") == R"([["Concept","Composite"],true,false,false,5])");
  CHECK(graph("MATCH (t:Thought)-[r:MADE]->(c) RETURN type(r), startNode(r).kind AS k, endNode(r).label AS l") ==
        R"(["MADE","compose","red fox"])");
  CHECK(graph("RETURN toInteger('7') AS a, toInteger('7.9') AS b, toInteger('x') AS c, toFloat('1.5') AS d, "
              "toString(1) AS e, "
              "toString(true) AS f, toInteger(2.9) AS g") == R"([7,7,null,1.5,"1","true",2])");
  CHECK(graph("RETURN abs(-2) AS a, round(2.5) AS b, ceil(1.2) AS c, floor(1.8) AS d, sqrt(9) AS e, coalesce(null, "
              "'x') AS f, "
              "exists(null) AS g") == R"([2,3.0,2.0,1.0,3.0,"x",false])");
  CHECK_THAT(graph.refused("RETURN labels(1)"), Catch::Contains("labels takes a node, found a number"));
  CHECK_THAT(graph.refused("RETURN siez([1])"),
             Catch::Contains("there is no function 'siez'") && Catch::Contains("did you mean size?"));
  CHECK_THAT(graph.refused("RETURN size([1], 2)"), Catch::Contains("size takes 1 argument, found 2"));
}

TEST_CASE("properties that are unknown are refused with the nearest; those of another kind in a union are null") {
  const SmallGraph graph;
  CHECK_THAT(graph.refused("MATCH (a:Concept) RETURN a.lable"),
             Catch::Contains("column 28: Concept has no property 'lable' among id, kind") &&
                 Catch::Contains("did you mean label?"));
  CHECK_THAT(graph.refused("MATCH (a:Concept)-[r:PART_OF]->(b) RETURN r.since"),
             Catch::Contains("the relation has no property 'since'"));
  CHECK_THAT(graph.refused("WITH 1 AS a RETURN a.b"), Catch::Contains("only nodes and relations have properties"));
  CHECK_THAT(graph.refused("MATCH (a:Concept {coutn: 1}) RETURN a"), Catch::Contains("did you mean count?"));
  CHECK(graph("MATCH (a:Composite {label: 'red fox'})<--(b) RETURN b.kind, b.reason, b.label ORDER BY 3") ==
        R"(["sense",null,"fox"]["sense",null,"red"]["compose","same contexts",null])");
  CHECK(graph("MATCH (a {label: 'owl'}) RETURN a.count") == "[7]");
  CHECK_THAT(graph.refused("MATCH (a {lable: 'owl'}) RETURN a.count"),
             Catch::Contains("the node has no property 'lable'"));
}

TEST_CASE("parameters are values, whatever they hold; each is used and given") {
  const SmallGraph graph;
  CHECK(graph("MATCH (a:Sense {label: $word}) RETURN a.count", {{"word", "fox"}}) == "[3]");
  CHECK(graph("MATCH (a:Sense {label: $word}) RETURN a.count", {{"word", "' OR 1=1 --"}}).empty());
  CHECK(graph("RETURN $a AS a, $b AS b, $c AS c, $d AS d, $e AS e",
              {{"a", true}, {"b", nullptr}, {"c", {1, "x", false}}, {"d", 1.5}, {"e", "道"}}) ==
        R"([true,null,[1,"x",false],1.5,"道"])");
  CHECK(graph("MATCH (a:Sense) WHERE a.count < $p OR a.label CONTAINS $p RETURN a", {{"p", "z"}}).empty());
  CHECK(graph("RETURN 1 CONTAINS $p AS a, toLower($n) AS b ORDER BY $p", {{"p", "x"}, {"n", nullptr}}) ==
        "[null,null]");
  CHECK_THAT(graph.refused("RETURN $a"), Catch::Contains("column 9: the parameter $a has no value"));
  CHECK_THAT(graph.refused("RETURN 1", {{"a", 1}}), Catch::Contains("no parameter $a"));
  CHECK_THAT(graph.refused("RETURN $a", {{"a", {{"b", 1}}}}), Catch::Contains("the parameter $a is an object"));
}

}  // namespace noema::tests
