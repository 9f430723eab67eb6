#include "app/actions/wholes.h"

#include <catch2/catch.hpp>

#include "base/error.h"
#include "base/rng.h"
#include "tests/app/small_life.h"

using namespace noema;
using tests::SmallLife;

namespace {

/// Lines of random words among which "New York" and "New York City" stand.
std::vector<std::string> lines_with_wholes() {
  base::Rng rng(1);
  std::vector<std::string> lines;
  for (int i = 0; i < 2000; ++i) {
    std::string line;
    const auto some = [&] {
      for (int n = 0; n < 6; ++n) line += (rng.below(8) == 0 ? "new" : "w" + std::to_string(rng.below(40))) + " ";
    };
    some();
    line += i % 3 == 0 ? "New York City, " : "New York ";
    some();
    line.pop_back();
    lines.push_back(line);
  }
  return lines;
}

}  // namespace

TEST_CASE("a life that has not thought about its wholes says so", "[company]") {
  SmallLife life({"the king lives in the castle"});
  CHECK_THROWS_AS(app::wholes_of(life.mind->view().life()), base::Error);
  CHECK_FALSE(life.mind->wholes_are_due());
}

TEST_CASE("wholes of a life have labels, parts and what they save, and tell texts", "[company]") {
  SmallLife life(lines_with_wholes());
  CHECK(life.mind->wholes_are_due());
  CHECK(life.mind->think_of_wholes());
  life.mind->checkpoint();
  CHECK_FALSE(life.mind->wholes_are_due());
  const auto view = life.mind->view();
  const auto wholes = app::wholes_of(view.life());
  const auto values = app::wholes_in(view.life(), wholes, app::WholeOrder::kTotal, false, 10);
  REQUIRE(values.size() == 2);
  CHECK(values[0].label == "New York");
  CHECK(values[0].parts.dump() == R"(["new","York"])");
  CHECK(values[1].label == "New York City");
  CHECK(values[1].parts.dump() == R"([["new","York"],"City"])");
  CHECK(values[1].count == 667);
  CHECK(values[0].bits > 2);
  CHECK(app::wholes_in(view.life(), wholes, app::WholeOrder::kEach, true, 1).size() == 1);
  const auto texts = app::wholes_of_texts(wholes, {"w1 new york city, w2 zyzzyva", ""});
  REQUIRE(texts.size() == 2);
  CHECK(texts[0].parts == std::vector<std::string>{"w1", "new york city", ",", "w2", "zyzzyva"});
  CHECK(texts[0].bits.by_wholes < texts[0].bits.by_units);
  CHECK(texts[0].characters == 28);
  CHECK(app::to_json(texts[1]).dump() == R"({"line":2,"parts":[],"bits":0.0,"unit_bits":0.0,"characters":0})");
  CHECK_THROWS_WITH(app::wholes_of_texts(wholes, {"a", "\xff"}), Catch::Contains("line 2 is not UTF-8 at byte 0"));
}
