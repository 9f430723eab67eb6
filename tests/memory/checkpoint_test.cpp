#include "memory/checkpoint.h"

#include "memory/database.h"
#include "tests/memory/support.h"

namespace noema::memory {
namespace {

ConceptRow rich_row() {
  ConceptRow row = concept_row(3, "new york");
  row.kind = "composite";
  row.parts = {1, 2};
  row.redirect = 0;
  row.count = 9;
  row.created_by = 1;
  row.forms = {{" New York", 8}, {"New\"York", 1}};
  row.follows = {{1, 5}, {2, 1}};
  row.details = R"({"protected":true})";
  row.vector = std::string("\0\x7f\x80", 3);
  return row;
}

}  // namespace

TEST_CASE("concepts come back with every value, in order of id") {
  TempFolder folder;
  Life life = Life::create(folder / "a.life", small_options());
  life.append(episode_row("new york"), "new york");
  life.append(thought_row({1, 2}, 3));
  life.write_checkpoint(2, [](CheckpointWriter& writer) {
    writer.put(rich_row());
    writer.put(concept_row(1, "new"));
    ConceptRow other = concept_row(2, "york");
    other.redirect = 1;
    writer.put(other);
  });
  CHECK_FALSE(life.batch_open());
  Life reader = Life::open(folder / "a.life", Access::kRead);
  CHECK(reader.checkpoint().position() == 2);
  std::vector<ConceptId> ids;
  reader.checkpoint().for_each_concept([&](const ConceptRow& row) { ids.push_back(row.id); });
  CHECK(ids == std::vector<ConceptId>{1, 2, 3});
  const auto row = reader.checkpoint().find(3);
  const ConceptRow expected = rich_row();
  REQUIRE(row);
  CHECK(row->kind == expected.kind);
  CHECK(row->label == expected.label);
  CHECK(row->parts == expected.parts);
  CHECK(row->redirect == 0);
  CHECK(row->count == 9);
  CHECK(row->created_by == 1);
  CHECK(row->forms == expected.forms);
  CHECK(row->follows == expected.follows);
  CHECK(row->details == expected.details);
  CHECK(row->vector == expected.vector);
  CHECK(reader.checkpoint().find(2)->redirect == 1);
  CHECK(life.check().empty());
}

TEST_CASE("a checkpoint replaces, erases and clears rows") {
  TempFolder folder;
  Life life = Life::create(folder / "a.life", small_options());
  life.write_checkpoint(0, [](CheckpointWriter& writer) {
    for (ConceptId id = 1; id <= 5; ++id) writer.put(concept_row(id, "a"));
  });
  life.write_checkpoint(0, [](CheckpointWriter& writer) {
    writer.put(concept_row(2, "b"));
    writer.erase(4);
    writer.erase(40);
  });
  CHECK(life.checkpoint().find(2)->label == "b");
  CHECK_FALSE(life.checkpoint().find(4));
  CHECK(life.check().empty());
  life.write_checkpoint(0, [](CheckpointWriter& writer) {
    writer.clear();
    writer.put(concept_row(9, "c"));
  });
  CHECK_FALSE(life.checkpoint().find(1));
  CHECK(life.check().empty());
}

TEST_CASE("a checkpoint that fails half way leaves the one before") {
  TempFolder folder;
  Life life = Life::create(folder / "a.life", small_options());
  life.append(episode_row("x"), "x");
  life.write_checkpoint(1, [](CheckpointWriter& writer) {
    writer.put(concept_row(1, "a"));
    writer.set_state("rng", "one");
  });
  life.append(episode_row("y"), "y");
  life.commit();
  CHECK_THROWS_AS(life.write_checkpoint(2,
                                        [](CheckpointWriter& writer) {
                                          writer.clear();
                                          writer.set_state("rng", "two");
                                          throw base::Error("interrupted");
                                        }),
                  base::Error);
  CHECK(life.checkpoint().position() == 1);
  CHECK(life.checkpoint().find(1));
  CHECK(life.state("rng") == "one");
  CHECK(life.last_position() == 2);
  CHECK(life.check().empty());
}

TEST_CASE("a unit is found by its identity, and nothing that thinking made of it") {
  TempFolder folder;
  Life life = Life::create(folder / "a.life", small_options());
  life.write_checkpoint(0, [](CheckpointWriter& writer) {
    ConceptRow made = concept_row(1, "new");
    made.relations = {{"sense-of", 2}};
    writer.put(made);
    writer.put(concept_row(2, "new"));
    ConceptRow composite = concept_row(3, "new york");
    composite.kind = "composite";
    writer.put(composite);
  });
  CHECK(life.checkpoint().unit_named("new") == 2);
  CHECK_FALSE(life.checkpoint().unit_named("new york"));
  CHECK_FALSE(life.checkpoint().unit_named("old"));
}

TEST_CASE("state is kept by key, byte for byte") {
  TempFolder folder;
  Life life = Life::create(folder / "a.life", small_options());
  const std::string bytes("\0\xff\n", 3);
  life.set_state("weights", bytes);
  life.set_state("weights", bytes + bytes);
  life.set_state("empty", "");
  life.commit();
  Life reader = Life::open(folder / "a.life", Access::kRead);
  CHECK(reader.state("weights") == bytes + bytes);
  CHECK(reader.state("empty") == "");
  CHECK_FALSE(reader.state("none"));
  CHECK(life.check().empty());
}

}  // namespace noema::memory
