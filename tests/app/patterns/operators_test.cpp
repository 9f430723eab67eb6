#include "app/patterns/operators.h"

#include <catch2/catch.hpp>

#include "app/patterns/vocabulary.h"
#include "base/error.h"
#include "tests/app/patterns/small_graph.h"

using namespace noema::app::patterns;
using Catch::Contains;
using nlohmann::json;

namespace {

const Value kTwo{"2", {Base::kInteger}}, kHalf{"0.5", {Base::kReal}}, kWord{"'a'", {Base::kText}},
    kTrue{"TRUE", {Base::kBoolean}}, kNone{"NULL", {Base::kNull}}, kUnknown{"x", {Base::kAny}};

Value node_called(const char* label) {
  return {"n.id", {Base::kNode, {label_named({{}, label}).kind}}, false, {}, "n"};
}

}  // namespace

TEST_CASE("the type of a sum follows from the types of what is added") {
  CHECK(arithmetic({}, kTwo, "+", kTwo).type.base == Base::kInteger);
  CHECK(arithmetic({}, kTwo, "+", kUnknown).type.base == Base::kAny);
  CHECK(arithmetic({}, kTwo, "^", kTwo).type.base == Base::kReal);
  CHECK(arithmetic({}, kHalf, "%", kTwo).sql == "mod(0.5, 2)");  // SQLite's % knows integers alone
  CHECK(arithmetic({}, kWord, "+", kTwo).type.base == Base::kText);
  CHECK(arithmetic({}, {"'[]'", list_of({Base::kText})}, "+", kWord).type.base == Base::kList);
  CHECK_THROWS_WITH(arithmetic({}, kWord, "-", kTwo), Contains("'-' takes numbers, found a text"));
  CHECK_THROWS_WITH(arithmetic({}, kTrue, "+", kTrue), Contains("a truth value"));
}

TEST_CASE("what cannot be compared is not equal, and neither less nor more, unless it is null") {
  CHECK(comparison(kTwo, "<", kHalf).sql == "2 < 0.5");
  for (const char* op : {"<", ">", "<=", ">="}) CHECK(comparison(kTwo, op, kWord).type.base == Base::kNull);
  CHECK(comparison(kTwo, "=", kWord).type.base == Base::kBoolean);
  CHECK_THAT(comparison(kTwo, "=", kWord).sql, Contains("0"));
  CHECK_THAT(comparison(kTwo, "<>", kWord).sql, Contains("1"));
  CHECK(comparison(kTwo, "=", kNone).sql == "2 = NULL");
}

TEST_CASE("nodes of different kinds are never the same node, whatever their keys") {
  const Value sense = node_called("Concept"), episode = node_called("Episode");
  CHECK(comparison(sense, "=", sense).sql == "n.id = n.id");
  CHECK_THAT(comparison(sense, "<>", sense).sql, Contains("NOT"));
  CHECK_THAT(comparison(sense, "=", episode).sql, !Contains("n.id = n.id"));
}

TEST_CASE("a property is a column of the node's own table, or looked up by its key") {
  Value concept_node = node_called("Concept");
  CHECK(property_of({}, concept_node, "count").sql == "n.count");
  concept_node.alias.clear();
  CHECK_THAT(property_of({}, concept_node, "count").sql, Contains("SELECT count FROM"));
  CHECK(property_of({}, kNone, "count").sql == "NULL");
  CHECK_THROWS_WITH(property_of({2, 5}, concept_node, "cuont"), Contains("line 2, column 5") && Contains("count"));
  CHECK_THROWS_WITH(property_of({}, kTwo, "count"), Contains("only nodes and relations have properties"));
}

TEST_CASE("a label that a node cannot have is false, and one of no node is refused") {
  CHECK(label_test(node_called("Concept"), {{}, "Episode"}).sql == "FALSE");
  CHECK(label_test(node_called("Episode"), {{}, "Episode"}).sql == "TRUE");
  CHECK_THAT(label_test(node_called("Concept"), {{}, "Sense"}).sql, Contains("= 'sense'"));
  CHECK_THROWS_WITH(label_test(kWord, {{}, "Sense"}), Contains("only nodes have labels"));
}

TEST_CASE("a parameter has the type of its JSON, and an object has none") {
  const auto base = [](const json& value) { return parameter_value({}, "p", value).type.base; };
  CHECK(base(nullptr) == Base::kNull);
  CHECK(base(true) == Base::kBoolean);
  CHECK(base(7) == Base::kInteger);
  CHECK(base(0.5) == Base::kReal);
  CHECK(base("a") == Base::kText);
  const Value list = parameter_value({}, "p", json::array({1, nullptr, 2}));
  CHECK(list.type.base == Base::kList);
  CHECK(list.type.element->base == Base::kInteger);
  CHECK(parameter_value({}, "p", json::array({1, "a"})).type.element->base == Base::kAny);
  CHECK(parameter_value({}, "p", 7).sql == "$p");
  CHECK_THROWS_WITH(parameter_value({}, "p", json::object()), Contains("$p is an object"));
}

TEST_CASE("lists are joined in their order, and keep truth values, texts and lists as they are") {
  const noema::tests::SmallGraph graph;
  CHECK(joined_lists({"'[1]'"}) == "'[1]'");
  CHECK(graph("RETURN [1, true] + ['a', null] + [[2], false] AS all") == R"([[1,true,"a",null,[2],false]])");
  CHECK(graph("RETURN [] + 1 AS a, 0 + [1] AS b") == "[[1],[0,1]]");
}
