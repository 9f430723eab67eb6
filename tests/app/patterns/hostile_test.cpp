// Patterns from people who mean harm, and from people who mistype.

#include <catch2/catch.hpp>
#include <chrono>

#include "app/patterns/parse.h"
#include "app/patterns/pattern.h"
#include "base/rng.h"
#include "tests/app/patterns/small_graph.h"

namespace noema::tests {
namespace {

const std::vector<std::string> kPatterns{
    "MATCH (a:Composite)-[:PART_OF*1..3]->(b) WHERE a.count > 10 AND NOT b.label STARTS WITH 'x' RETURN b.label, "
    "count(*) "
    "ORDER BY 2 DESC LIMIT 20",
    "MATCH p = (a {label: 'red'})-[r:FOLLOWS|PART_OF*0..2]-(b) WITH a, [n IN nodes(p) WHERE n.count > 1 | n.label] AS "
    "l UNWIND l "
    "AS x RETURN DISTINCT x, CASE WHEN x = 'fox' THEN 1 ELSE $p END AS y SKIP 1",
    "UNWIND [1, 2.5, 'a', true, null, [1]] AS x OPTIONAL MATCH (t:Thing {label: x})-[f:FACT]->(v) RETURN x IN [1, 2], "
    "f.since, "
    "collect(v.label)[0] AS v, sum(1) ^ 2",
    "MATCH (`a b`:Sense), (e:Episode) WHERE EXISTS { (`a b`)-[:MENTIONED_IN]->(e) } OR e.text CONTAINS \"\\u0041\" XOR "
    "false "
    "RETURN `a b`, e.id % 2 AS m /* so */"};

/// Either an answer or an error in one line; a mistake of ours (base::Bug) or a crash is neither.
void ask(const SmallGraph& graph, const std::string& pattern) {
  INFO(pattern);
  try {
    memory::QueryLimits limits;
    limits.rows = 5;
    limits.seconds = 2;
    const auto compiled = app::patterns::compile(pattern, {{"p", 7}});
    memory::QueryParameters parameters;
    if (compiled.sql.find("$p") != std::string::npos) parameters["p"] = std::int64_t{7};
    memory::query(graph.path, compiled.sql, limits, parameters);
  } catch (const base::Error& error) {
    const std::string message = error.what();
    CHECK(message.find('\n') == std::string::npos);
    // What compiles is SQL, but for limits that only SQLite knows.
    CHECK_FALSE(message.find("syntax error") != std::string::npos);
    CHECK_FALSE(message.find("no such column") != std::string::npos);
    CHECK_FALSE(message.find("ambiguous column") != std::string::npos);
  }
}

std::string repeated(const std::string& text, std::size_t times) {
  std::string all;
  for (std::size_t i = 0; i < times; ++i) all += text;
  return all;
}

}  // namespace

TEST_CASE("patterns that end too early, lose a character or get another are answered or refused") {
  const SmallGraph graph;
  for (const std::string& pattern : kPatterns) {
    ask(graph, pattern);
    for (std::size_t i = 0; i < pattern.size(); i += 2) ask(graph, pattern.substr(0, i));
  }
  base::Rng rng(11);
  const std::string characters = "()[]{}<>-=:;,.'\"`$*|+/%^aA1 \n\\\xe9\x80";
  for (int i = 0; i < 600; ++i) {
    std::string pattern = kPatterns[rng.below(kPatterns.size())];
    for (std::uint64_t changes = 1 + rng.below(3); changes > 0; --changes) {
      const std::size_t at = rng.below(pattern.size());
      if (rng.below(2) == 0)
        pattern.erase(at, 1 + rng.below(4));
      else
        pattern.insert(at, 1, characters[rng.below(characters.size())]);
    }
    ask(graph, pattern);
  }
}

TEST_CASE("words of patterns in any order are answered or refused") {
  const SmallGraph graph;
  const std::vector<std::string> words{
      "MATCH",  "OPTIONAL", "WHERE", "WITH",      "RETURN",         "ORDER BY",  "LIMIT",
      "UNWIND", "AS",       "(a)",   "(b:Sense)", "-[r:PART_OF]->", "-[*1..2]-", "--",
      "a",      "a.label",  "'x'",   "1",         "[1, 2]",         "$p",        "=",
      "<",      "AND",      "NOT",   "IN",        "IS NULL",        "count(*)",  "collect(a)",
      ",",      "x",        "+",     "*",         "labels(b)",      "DISTINCT",  "DESC"};
  base::Rng rng(12);
  for (int i = 0; i < 1500; ++i) {
    std::string pattern = rng.below(2) == 0 ? "MATCH (a)" : "";
    for (std::uint64_t length = rng.below(14); length > 0; --length) pattern += " " + words[rng.below(words.size())];
    ask(graph, pattern);
  }
}

TEST_CASE("bytes at random are refused") {
  const SmallGraph graph;
  base::Rng rng(13);
  for (int i = 0; i < 500; ++i) {
    std::string pattern = "MATCH ";
    for (std::uint64_t length = rng.below(60); length > 0; --length) pattern += static_cast<char>(rng.below(256));
    ask(graph, pattern);
  }
}

TEST_CASE("nesting, chains and sizes are bounded") {
  const SmallGraph graph;
  const std::size_t many = 3000;
  CHECK_THAT(graph.refused("RETURN " + repeated("(", many) + "1" + repeated(")", many)),
             Catch::Contains("nested more than 40 deep"));
  CHECK_THAT(graph.refused("RETURN " + repeated("[", many)), Catch::Contains("nested more than 40 deep"));
  CHECK_THAT(graph.refused("RETURN " + repeated("CASE WHEN ", many)), Catch::Contains("nested more than 40 deep"));
  CHECK_THAT(graph.refused("RETURN " + repeated("size(", many)), Catch::Contains("nested more than 40 deep"));
  CHECK(graph("RETURN " + repeated("(", 30) + "1" + repeated(")", 30) + " AS x") == "[1]");
  CHECK(graph("RETURN " + repeated("NOT ", many) + "true AS x") == "[true]");
  CHECK(graph("RETURN " + repeated("- ", many) + "1 AS x") == "[1]");
  CHECK_THAT(graph.refused("RETURN 1" + repeated(" + 1", many)), Catch::Contains("more than 200 terms"));
  CHECK_THAT(graph.refused("MATCH (a:Sense) RETURN a" + repeated(".label", many)),
             Catch::Contains("more than 200 terms"));
  CHECK_THAT(graph.refused("MATCH (a:Sense) WHERE a.count IN [1" + repeated(", 1", many) + "] RETURN a"),
             Catch::Contains("more than 200 terms"));
  CHECK_THAT(graph.refused("MATCH (a:Sense)" + repeated("-[:PART_OF]->()", 40) + " RETURN a"),
             Catch::Contains("at most 24 relations"));
  CHECK_THAT(graph.refused(repeated("WITH 1 AS x ", 100) + "RETURN x"), Catch::Contains("more than 50 clauses"));
  CHECK_THAT(graph.refused("RETURN '" + repeated("x", 40000) + "'"), Catch::Contains("at most 32768 are read"));
  CHECK_THAT(graph.refused(std::string("RETURN '\0'", 10)), Catch::Contains("a zero byte"));
  // An operand that SQL writes twice, in one that it writes twice: the size of the SQL is bounded, not only the text's.
  std::string right = "'abc'";
  for (int i = 0; i < 30; ++i) right = "right(" + right + ", size(" + right.substr(0, 40) + "))";
  ask(graph, "RETURN " + right);
  std::string list = "[1]";
  for (int i = 0; i < 30; ++i) list = "[x IN " + list + " | x]";
  CHECK_THAT(graph.refused("RETURN " + list), Catch::Contains("the expression is too large"));
}

TEST_CASE("a pattern that takes too long is ended") {
  const SmallGraph graph;
  memory::QueryLimits limits;
  limits.seconds = 0.2;
  const std::string product = "UNWIND range(1, 100000) AS x UNWIND range(1, 100000) AS y RETURN sum(x * y)";
  CHECK_THAT(memory::error_of([&] { app::ask_graph(graph.path, product, {}, limits); }),
             Catch::Contains("took longer than"));
}

}  // namespace noema::tests
