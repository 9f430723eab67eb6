#include "app/actions/query.h"

#include <catch2/catch.hpp>

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

}  // namespace noema::memory
