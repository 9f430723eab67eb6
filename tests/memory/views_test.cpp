#include "memory/views.h"

#include <vector>

#include "tests/memory/support.h"

namespace noema::memory {
namespace {

void make_life(const std::filesystem::path& path) {
  Life life = Life::create(path, small_options());
  life.append(episode_row("new york", {1, 2}), "new york");
  ThoughtRow thought = thought_row({1, 2}, 3);
  thought.kind = "compose";
  life.append(thought);
  life.append(thought_row({1, 2}, 3));
  life.append_undo(2, 3600);
  life.write_checkpoint(4, [](CheckpointWriter& writer) {
    ConceptRow composite = concept_row(3, "new york");
    composite.kind = "composite";
    composite.parts = {1, 2};
    composite.count = 9;
    composite.created_by = 1;
    composite.forms = {{" New York", 8}};
    composite.follows = {{0, 1}, {1, 5}};
    composite.details = R"({"active":true,"protected":true})";
    writer.put(composite);
    ConceptRow member = concept_row(1, "new");
    member.relations = {{"instance-of", 4, {}}};
    writer.put(member);
    ConceptRow other = concept_row(2, "york");
    other.redirect = 1;
    writer.put(other);
    ConceptRow category = concept_row(4, "{new}");
    category.kind = "category";
    writer.put(category);
    ConceptRow sense = concept_row(5, "new");
    sense.relations = {{"sense-of", 1, {}}};
    sense.details = R"({"active":true,"members":[2,3]})";
    writer.put(sense);
  });
}

struct Asked {
  TempFolder folder;
  Asked() { make_life(folder / "a.life"); }
  /// All rows, columns joined by | and rows by a comma.
  std::string operator()(const std::string& sql) const {
    Database database(folder / "a.life", OpenMode::kReadOnly, 1);
    Statement rows(database, sql);
    std::string text;
    while (rows.step()) text += (text.empty() ? "" : ", ") + std::string(rows.text(0));
    return text;
  }
  std::string plan(const std::string& sql) const {
    Database database(folder / "a.life", OpenMode::kReadOnly, 1);
    Statement rows(database, "EXPLAIN QUERY PLAN " + sql);
    std::string text;
    while (rows.step()) text += std::string(rows.text(3)) + "\n";
    return text;
  }
};

}  // namespace

TEST_CASE("the view of relations shows labels beside ids, and a count for each type") {
  const Asked asked;
  CHECK(
      asked("SELECT from_label || ' ' || type || ' ' || coalesce(to_label, to_id) || ' ' || count FROM relation ORDER "
            "BY from_id, type, to_id") ==
      "new instance-of {new} 2, new part-of new york 9, york part-of new york 9, york redirect new 2, "
      "new york follows 0 1, new york follows new 5, new sense-of new 2");
}

TEST_CASE("concepts, forms, senses and the life read as the field calls them") {
  const Asked asked;
  CHECK(asked("SELECT id || ' ' || kind || ' ' || active || protected || ' ' || thought_time FROM concept WHERE "
              "thought_id IS NOT NULL") == "3 composite 11 1970-01-01T00:00:13+00:00");
  CHECK(asked("SELECT label FROM concept WHERE category_id = 4") == "new");
  CHECK(asked("SELECT redirect_id FROM concept WHERE id = 2") == "1");
  CHECK(asked("SELECT concept || ':' || surface FROM form WHERE count = 8") == "new york: New York");
  CHECK(asked("SELECT unit || ' ' || neighbours FROM sense") == "new york new york");
  CHECK(asked("SELECT log_position || ' ' || checkpoint_position || ' ' || episodes || ' ' || thoughts || ' ' || "
              "concepts || ' ' || seed || ' ' || model_hash || ' ' || created FROM life") ==
        "4 4 1 2 5 7 abc 1970-01-01T00:16:40+00:00");
}

TEST_CASE("thoughts are told in words, with what they stand on and when they were taken back") {
  const Asked asked;
  CHECK(asked("SELECT kind || ': ' || about || ' -> ' || made || ' ' || undone FROM thought ORDER BY id") ==
        "compose: new + york -> new york 0, merge: new + york -> new york 1");
  CHECK(asked("SELECT time || ' ' || undone_at FROM thought WHERE id = 2") ==
        "1970-01-01T00:00:13+00:00 1970-01-01T01:00:00+00:00");
  CHECK(asked("SELECT text FROM evidence WHERE thought_id = 1") == "new york");
  CHECK(asked("SELECT thought_id || role FROM thought_concept WHERE concept = 'york' ORDER BY 1") == "1about, 2about");
  CHECK(asked("SELECT text || ' ' || time FROM episode") == "new york 1970-01-01T00:00:12+00:00");
}

TEST_CASE("what concerns one concept is found by an index, through views and joins of views") {
  const Asked asked;
  const std::vector<std::string> queries = {
      "SELECT * FROM relation WHERE from_id = 3",
      "SELECT * FROM relation WHERE to_id = 3",
      "SELECT * FROM relation WHERE to_id = 3 AND type = 'part-of'",
      "SELECT * FROM concept WHERE label = 'new york'",
      "SELECT r.* FROM concept c JOIN relation r ON r.from_id = c.id WHERE c.label = 'new york'",
      "SELECT r.* FROM concept c JOIN relation r ON r.to_id = c.id WHERE c.label = 'new york'",
      "SELECT * FROM form WHERE concept_id = 3",
      "SELECT * FROM form WHERE surface = ' New York'",
      "SELECT * FROM sense WHERE unit_id = 1",
      "SELECT * FROM mention WHERE concept_id = 3",
      "SELECT m.* FROM concept c JOIN mention m ON m.concept_id = c.id WHERE c.label = 'new'",
      "SELECT * FROM thought_concept WHERE concept_id = 3",
      "SELECT t.* FROM thought_concept n JOIN thought t ON t.id = n.thought_id WHERE n.concept_id = 3",
      "SELECT * FROM evidence WHERE thought_id = 3",
      "SELECT * FROM fact WHERE subject = 'new york'",
      "SELECT * FROM fact WHERE value = 'new york'",
      "SELECT f.* FROM concept c JOIN fact f ON f.subject = c.label WHERE c.id = 3",
  };
  for (const std::string& query : queries) {
    const std::string plan = asked.plan(query);
    INFO(query << "\n" << plan);
    for (const char* table :
         {"SCAN r\n", "SCAN c\n", "SCAN f\n", "SCAN t\n", "SCAN n\n", "SCAN e\n", "MATERIALIZE", "AUTOMATIC"})
      CHECK(plan.find(table) == std::string::npos);
    CHECK(plan.find("SEARCH") != std::string::npos);
  }
}

}  // namespace noema::memory
