#include "reasoning/agenda.h"

#include <catch2/catch.hpp>

#include "base/error.h"
#include "reasoning/thoughts/divide.h"
#include "reasoning/thoughts/registry.h"

using namespace noema;
using namespace noema::reasoning;

namespace {

std::string cbor(const nlohmann::json& rows) {
  const auto bytes = nlohmann::json::to_cbor(rows);
  return {bytes.begin(), bytes.end()};
}

}  // namespace

TEST_CASE("the best suggestion comes first, and a new priority replaces the old one") {
  Agenda agenda(3, KindSet::all());
  const ThoughtKind& merge = kind_named("merge");
  agenda.suggest({&merge, 1, 0, 1});
  agenda.suggest({&merge, 2, 0, 2});
  agenda.suggest({&merge, 1, 0, 3});
  CHECK(agenda.size() == 2);
  CHECK(agenda.take(1).suggestions.front().subject == 1);
  agenda.suggest({&merge, 3, 0, 1});
  agenda.suggest({&merge, 4, 0, 0.5});
  agenda.suggest({&merge, 5, 0, 5});  // one too many: the least promising goes
  REQUIRE(agenda.suggestions().size() == 3);
  CHECK(agenda.suggestions()[1].subject == 2);
  const auto all = agenda.take(9).suggestions;
  REQUIRE(all.size() == 3);
  CHECK(all.front().subject == 5);
  CHECK(all.back().subject == 3);
}

TEST_CASE("the agenda is kept by the names of kinds; kinds that are unknown are dropped") {
  Agenda agenda(10, KindSet::all());
  agenda.suggest({&kind_named("split"), 7, 0, 1});
  const auto rows = nlohmann::json::from_cbor(agenda.state());
  CHECK(rows.at(0).at(0) == "split");
  agenda.restore(cbor({{"dream", 1, 2, 3.0}, {"merge", 4, 0, 1.0}}));
  REQUIRE(agenda.size() == 1);
  CHECK(agenda.take(1).suggestions.front().kind == &kind_named("merge"));
}

TEST_CASE("an agenda of format 1, which kept kinds by number, is read; numbers that are no kind are dropped") {
  Agenda agenda(10, KindSet::all());
  agenda.restore(cbor({{1, 5, 6, 9.0},
                       {4, 8, 0, 8.0},
                       {4, 0, 1, 7.0},
                       {4, 0, 2, 6.0},
                       {6, 9, 0, 5.0},
                       {200, 1, 1, 99.0},
                       {-1, 1, 1, 98.0}}));
  const auto all = agenda.take(10).suggestions;
  REQUIRE(all.size() == 5);
  CHECK(all[0].kind->name() == "compose");
  CHECK(all[0].partner == 6);
  CHECK(all[1].kind->name() == "join");
  CHECK(all[2].kind->name() == "divide");
  CHECK(all[2].subject == thoughts::kUncategorised);
  CHECK(all[3].subject == thoughts::kTopmostCategories);
  CHECK(all[4].kind->name() == "dissolve");
}

TEST_CASE("bytes that are no agenda are an error that says so") {
  Agenda agenda(10, KindSet::all());
  CHECK_THROWS_WITH(agenda.restore("garbage"), Catch::Contains("agenda") && Catch::Contains("noema check"));
  CHECK_THROWS_AS(agenda.restore(cbor({{"merge", "x", 0, 1.0}})), base::Error);
  CHECK_NOTHROW(agenda.restore(""));
}
