#include "reasoning/company.h"

#include <catch2/catch.hpp>

#include "base/error.h"
#include "concepts/company/state.h"
#include "tests/reasoning/kinds.h"
#include "tests/reasoning/lives.h"

using namespace noema;
using namespace noema::tests;

namespace {

/// A life with a layer of company, closed.
struct WithCompany {
  Folder folder;
  WithCompany() {
    reasoning::Mind mind(new_life(folder.path / "life"), quick());
    perceive(mind, lines_of_kinds());
    mind.commit();
    REQUIRE(mind.think_of_company());
    mind.commit();
  }
  memory::Life open() const { return memory::Life::open(folder.path / "life", memory::Access::kWrite); }
};

}  // namespace

TEST_CASE("a life without company has neither words nor counts, and a stamp of zeros", "[company]") {
  const Folder folder;
  const auto life = new_life(folder.path / "life");
  CHECK_FALSE(reasoning::stored_words(life));
  CHECK_FALSE(reasoning::stored_company(life));
  CHECK(reasoning::company_stamp(life).position == 0);
  CHECK(reasoning::company_stamp(life).units == 0);
}

TEST_CASE("company that is kept comes back, with the stamp of what it was made from", "[company]") {
  const WithCompany made;
  memory::Life life = made.open();
  const auto company = reasoning::stored_company(life);
  REQUIRE(company);
  CHECK(company->associations.words() == company->words.size());
  const auto stamp = reasoning::company_stamp(life);
  CHECK(stamp.position > 0);
  CHECK(stamp.units == company->words.units());
  reasoning::keep_company(life, *company, {7, 9});
  life.commit();
  CHECK(reasoning::company_stamp(life).position == 7);
  CHECK(reasoning::company_stamp(life).units == 9);
  CHECK(save(reasoning::stored_company(life)->associations) == save(company->associations));
}

TEST_CASE("a damaged stamp, and counts of other words than there are vectors, are refused in words", "[company]") {
  const WithCompany made;
  memory::Life life = made.open();
  for (const char* stamp :
       {"", "[]", "{\"position\": 1}", "{\"position\": 1.5, \"units\": 2}", "{\"position\": 1, \"units\": -2}"}) {
    INFO(stamp);
    life.set_state(reasoning::kCompanyMade, stamp);
    life.commit();
    CHECK_THROWS_WITH(reasoning::company_stamp(life), Catch::Contains("company.made"));
  }
  const Folder other_folder;
  reasoning::Mind other(new_life(other_folder.path / "life"), quick());
  auto lines = lines_of_kinds();
  for (int i = 0; i < 20; ++i) lines.push_back("zebra zebra zebra zebra");
  perceive(other, lines);
  other.commit();
  REQUIRE(other.think_of_company());
  other.commit();
  const auto cells = other.view().life().state(reasoning::kCompanyCells);
  life.set_state(reasoning::kCompanyCells, *cells);
  life.commit();
  CHECK_THROWS_WITH(reasoning::stored_company(life), Catch::Contains("different words"));
  life.set_state(reasoning::kCompanyWords, "nonsense");
  life.commit();
  CHECK_THROWS_AS(reasoning::stored_words(life), base::Error);
}

TEST_CASE("the units of inputs up to a position are visited, but not of those that were withdrawn", "[company]") {
  const Folder folder;
  reasoning::Mind mind(new_life(folder.path / "life"), quick());
  perceive(mind, {"one two", "three", "four five six"});
  const auto half = mind.view().life().last_position();
  perceive(mind, {"seven"});
  const auto units_until = [&](memory::Position position) {
    std::size_t units = 0;
    reasoning::episodes_until(mind.view().life(), position)([&](const auto& episode) { units += episode.size(); });
    return units;
  };
  const std::size_t all = units_until(mind.view().life().last_position()), before = units_until(half);
  CHECK(all > before);
  CHECK(units_until(0) == 0);
  mind.withdraw(2);
  mind.commit();
  CHECK(units_until(half) < before);
}
