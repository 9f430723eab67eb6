#include <catch2/catch.hpp>
#include <chrono>
#include <thread>

#include "concepts/company/state.h"
#include "reasoning/company.h"
#include "tests/reasoning/kinds.h"
#include "tests/reasoning/lives.h"

using namespace noema;
using namespace noema::tests;
using reasoning::Mind;

namespace {

std::string cells_of(const memory::Life& life) { return life.state(reasoning::kCompanyCells).value_or(""); }

bool thinks_of_company(Mind& mind) {
  mind.commit();
  const bool thinks = mind.think_of_company();
  mind.commit();
  return thinks;
}

}  // namespace

TEST_CASE("company is thought about once there is enough, and again when the life has doubled", "[company]") {
  const Folder folder;
  Mind mind(new_life(folder.path / "life"), quick());
  perceive(mind, lines_of_kinds(100));
  CHECK_FALSE(mind.company_is_due());
  CHECK_FALSE(thinks_of_company(mind));
  perceive(mind, lines_of_kinds(400));
  CHECK(mind.company_is_due());
  mind.commit();
  CHECK_FALSE(mind.think_of_company(1e-3));  // it would take longer
  CHECK_FALSE(mind.think_of_company(0, [] { return false; }));
  CHECK(thinks_of_company(mind));
  CHECK_FALSE(mind.company_is_due());
  perceive(mind, lines_of_kinds(400, 2));
  CHECK_FALSE(mind.company_is_due());
  perceive(mind, lines_of_kinds(400, 3));
  CHECK(mind.company_is_due());
}

TEST_CASE("what is kept is what the inputs give, also after opening the life again", "[company]") {
  const Folder folder;
  std::string cells, hash;
  {
    Mind mind(new_life(folder.path / "life"), quick());
    perceive(mind, lines_of_kinds());
    hash = mind.view().graph().hash();
    REQUIRE(thinks_of_company(mind));
    CHECK(mind.view().graph().hash() == hash);
    mind.checkpoint();
    cells = cells_of(mind.view().life());
  }
  const auto life = memory::Life::open(folder.path / "life", memory::Access::kRead);
  const auto company = reasoning::stored_company(life);
  REQUIRE(company);
  CHECK(save(company->associations) == cells);
  CHECK(reasoning::company_stamp(life).units == company->words.units());
  const auto dog = company->words.find("dog");
  REQUIRE(dog);
  CHECK(company->words[*dog].label == "dog");
  CHECK(life.check().empty());

  Mind other(new_life(folder.path / "other"), quick());
  perceive(other, lines_of_kinds());
  REQUIRE(thinks_of_company(other));
  CHECK(cells_of(other.view().life()) == cells);
}

TEST_CASE("an input that was taken back keeps no company", "[company]") {
  const Folder folder;
  Mind mind(new_life(folder.path / "life"), quick());
  std::vector<std::string> lines = lines_of_kinds();
  for (int i = 0; i < 10; ++i) lines.push_back("zebra zebra");
  perceive(mind, lines);
  mind.commit();
  const auto last = mind.view().life().counts().episodes;
  for (auto id = last - 9; id <= last; ++id) mind.withdraw(id);
  REQUIRE(thinks_of_company(mind));
  CHECK_FALSE(reasoning::stored_words(mind.view().life())->find("zebra"));
}

TEST_CASE("a mind with nothing else to think about thinks about company in the background", "[company]") {
  const Folder folder;
  Mind mind(new_life(folder.path / "life"), quick());
  perceive(mind, lines_of_kinds());
  mind.commit();
  mind.start_background();
  for (int waited = 0; waited < 12000 && mind.company_is_due(); ++waited)
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  mind.stop_background();
  mind.commit();
  CHECK(reasoning::stored_words(mind.view().life()));
}
