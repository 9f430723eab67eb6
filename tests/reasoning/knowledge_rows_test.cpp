// What is known, as rows for those who query the life.

#include <algorithm>
#include <catch2/catch.hpp>

#include "memory/database.h"
#include "reasoning/knowledge.h"
#include "tests/reasoning/knowing.h"

using namespace noema;
using namespace noema::tests;
using memory::FactRow;
using reasoning::Knowledge;

namespace {

std::vector<FactRow> rows_about(const Knowledge& knowledge, const std::string& subject) {
  std::vector<FactRow> found;
  for (FactRow& row : knowledge.fact_rows())
    if (row.subject == subject) found.push_back(std::move(row));
  return found;
}

Knowledge known(Knowing& life) {
  const auto view = life.mind.view();
  return Knowledge::of(view.life());
}

/// "subject|relation|value|since|until|how many told it" of each row, sorted.
std::vector<std::string> read_rows(const std::vector<FactRow>& rows) {
  std::vector<std::string> read;
  for (const FactRow& row : rows)
    read.push_back(
        fmt::format("{}|{}|{}|{}|{}|{}", row.subject, row.relation, row.value, row.since, row.until, row.told.size()));
  std::sort(read.begin(), read.end());
  return read;
}

std::vector<std::string> rows_in(const std::filesystem::path& life) {
  memory::Database database(life, memory::OpenMode::kReadOnly, 1);
  memory::Statement rows(database,
                         "SELECT subject || '|' || relation || '|' || value || '|' || since_episode || '|' || "
                         "coalesce(until_episode, 0) || '|' || times_told FROM fact");
  std::vector<std::string> read;
  while (rows.step()) read.emplace_back(rows.text(0));
  std::sort(read.begin(), read.end());
  return read;
}

/// The relation of which this is the latest value; "" if none says so.
std::string relation_of(const std::vector<FactRow>& rows, const std::string& value) {
  for (const FactRow& row : rows)
    if (row.value == value && row.until == 0) return row.relation;
  return "";
}

}  // namespace

TEST_CASE("every name has a row with its place, which names the input that told it") {
  Knowing life(1);
  const auto knowledge = known(life);
  const auto view = life.mind.view();
  std::size_t found = 0;
  for (const std::string& name : life.world.names) {
    const auto rows = rows_about(knowledge, name);
    const auto row = std::find_if(rows.begin(), rows.end(), [&](const FactRow& fact) {
      return fact.value == life.world.place[name] && fact.until == 0;
    });
    if (row == rows.end()) continue;
    ++found;
    REQUIRE_FALSE(row->told.empty());
    CHECK(row->since == row->told.front());
    const auto input = view.life().episodes().find(row->since);
    REQUIRE(input);
    CHECK(input->text.find(name) != std::string::npos);
    CHECK(input->text.find(row->value) != std::string::npos);
  }
  CHECK(found > life.world.names.size() * 95 / 100);
}

TEST_CASE("a value told again is one row with two inputs, another value ends it and begins a row") {
  Knowing life(2);
  const Mover mover(life.world);
  const std::string relation = relation_of(rows_about(known(life), mover.name), mover.before);
  REQUIRE_FALSE(relation.empty());
  const auto again = life.tell(mover.name + " rast " + mover.before + " .");
  const auto moved = life.tell(mover.moved());
  const auto rows = rows_about(known(life), mover.name);
  const auto before = std::find_if(rows.begin(), rows.end(), [&](const FactRow& row) { return row.until == moved; });
  REQUIRE(before != rows.end());
  CHECK(before->value == mover.before);
  CHECK(before->relation == relation);
  CHECK(before->told.back() == again);
  CHECK(before->told.size() >= 2);
  CHECK(relation_of(rows, mover.after) == relation);
}

TEST_CASE("what was withdrawn has no row") {
  Knowing life(3);
  const Mover mover(life.world);
  const auto moved = life.tell(mover.moved());
  CHECK_FALSE(relation_of(rows_about(known(life), mover.name), mover.after).empty());
  life.mind.withdraw(moved);
  life.mind.commit();
  CHECK(relation_of(rows_about(known(life), mover.name), mover.after).empty());
  CHECK_FALSE(relation_of(rows_about(known(life), mover.name), mover.before).empty());
}

TEST_CASE("rows and facts of a thing say the same") {
  Knowing life(4);
  const auto knowledge = known(life);
  const auto view = life.mind.view();
  for (std::size_t i = 0; i < 40; ++i) {
    const std::string& name = life.world.names[i];
    std::vector<std::string> values, of_rows;
    for (const auto& fact : knowledge.facts(view.life(), name))
      if (!fact.inferred_by && fact.subject == name) values.push_back(fact.value);
    for (const FactRow& row : rows_about(knowledge, name)) of_rows.push_back(row.value);
    std::sort(values.begin(), values.end());
    std::sort(of_rows.begin(), of_rows.end());
    CHECK(values == of_rows);
  }
}

TEST_CASE("a life that was told nothing has no rows") {
  const Folder folder;
  const auto life = new_life(folder.path / "life");
  CHECK(Knowledge::of(life).fact_rows().empty());
  CHECK(Knowledge::of(life).rule_rows().empty());
}

TEST_CASE("rows that are written a few inputs at a time are those of everything at once, also after withdrawals") {
  const Folder folder;
  const auto path = folder.path / "life";
  ToldWorld world(7, 160);
  base::Rng rng(7);
  std::size_t told = 0;
  bool has_rows = false;
  while (told < world.inputs.size()) {
    reasoning::Mind mind(told == 0 ? new_life(path) : memory::Life::open(path, memory::Access::kWrite), quick());
    const std::size_t end = told + 1 + rng.below(40);
    perceive_all(mind, world.inputs, told, end);
    told = std::min(end, world.inputs.size());
    mind.think_of_facts();
    if (rng.uniform() < 0.3) {
      mind.withdraw(static_cast<memory::EpisodeId>(1 + rng.below(told)));
      mind.think_of_facts();
      mind.checkpoint();
    }
    const auto view = mind.view();
    CHECK(rows_in(path) == read_rows(Knowledge::of(view.life()).fact_rows()));
    CHECK(view.life().check().empty());
    has_rows = has_rows || !rows_in(path).empty();
  }
  CHECK(has_rows);
}
