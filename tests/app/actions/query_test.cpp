#include "app/actions/query.h"

#include <catch2/catch.hpp>

#include "tests/memory/support.h"

namespace noema::memory {
namespace {

const std::vector<QueryCell> kAnswerRow{std::int64_t{3},  0.25, "a \"b\", c\nd",
                                        std::monostate{}, "",   QueryBytes{std::string("\x00\xab", 2)}};

}  // namespace

TEST_CASE("a row of SQL is an object with the columns' names, in their order") {
  CHECK(app::to_json({"i", "r", "t", "n", "e", "b"}, kAnswerRow).dump() ==
        R"({"i":3,"r":0.25,"t":"a \"b\", c\nd","n":null,"e":"","b":"00ab"})");
}

TEST_CASE("CSV quotes what needs quotes, and tells an empty text from nothing") {
  CHECK(app::csv_row(kAnswerRow) == "3,0.25,\"a \"\"b\"\", c\nd\",,\"\",00ab\n");
  CHECK(app::csv_row(std::vector<std::string>{"plain", "with,comma"}) == "plain,\"with,comma\"\n");
}

TEST_CASE("a table shows numbers to the right, texts on one line, and shortens long ones") {
  const memory::QueryAnswer answer{{"label", "count"},
                                   {{"tax\ncut", std::int64_t{16}}, {"道可道非常道", std::int64_t{2}}}};
  CHECK(app::table_of(answer, 8) == "label    count\ntax cut     16\n道可道…      2\n");
}

TEST_CASE("of a pattern's answer people see names, programs JSON's own values") {
  const std::string node = R"({"labels":["Thing"],"label":"oslo"})",
                    relation = R"({"type":"FACT","from":"a","to":"b"})";
  using app::patterns::Shape;
  const app::Answered answered{{{"n", "r", "l", "t", "p", "none"},
                                {{node, relation, "[1,\"a\",null]", std::int64_t{1},
                                  R"({"nodes":[)" + node + "," + node + "]}", std::monostate{}}}},
                               {Shape::kJson, Shape::kJson, Shape::kJson, Shape::kTruth, Shape::kJson, Shape::kTruth}};
  CHECK(table_of(answered, 30) ==
        "n     r     l           t     p            none\noslo  FACT  1, a, null  true  oslo > oslo\n");
  CHECK(to_json(answered, answered.answer.rows[0]).dump() == R"({"n":)" + node + R"(,"r":)" + relation +
                                                                 R"(,"l":[1,"a",null],"t":true,"p":{"nodes":[)" + node +
                                                                 "," + node + R"(]},"none":null})");
}

TEST_CASE("SQL takes parameters too, and is its own SQL") {
  TempFolder folder;
  Life::create(folder / "a.life", small_options());
  const std::string path = (folder / "a.life").string();
  CHECK(app::ask_graph(path, "SELECT $a, $b", {{"a", 1}, {"b", {1, true}}}, {}).answer.rows[0] ==
        std::vector<QueryCell>{std::int64_t{1}, "[1,true]"});
  CHECK(app::sql_of("SELECT 1", {}) == "SELECT 1");
  CHECK(app::sql_of("RETURN 1 AS x", {}) == "SELECT 1 AS \"x\"");
}

}  // namespace noema::memory
