#include "app/actions/diff.h"

#include "memory/life.h"
#include "tests/memory/support.h"

namespace noema::memory {
namespace {

void make_compared_life(const std::filesystem::path& path, const std::vector<std::string>& labels,
                        const std::string& home) {
  Life life = Life::create(path, small_options());
  append_text(life, "one input");
  ThoughtRow thought = thought_row({1}, 0);
  thought.concepts = {{1, "about"}};
  life.append(thought);
  life.put_known({{"ann", "X lives in Y", home, 1, 0, {1}}}, {});
  life.write_checkpoint(2, [&](CheckpointWriter& writer) {
    ConceptId id = 0;
    for (const std::string& label : labels) {
      ConceptRow row = concept_row(++id, label);
      row.details = R"({"active":true})";
      writer.put(row);
    }
    ConceptRow dissolved = concept_row(++id, "dissolved");
    dissolved.details = R"({"active":false})";
    writer.put(dissolved);
  });
}

}  // namespace

TEST_CASE("two lives differ in the concepts, facts and thoughts that one has alone, whatever their ids") {
  const TempFolder folder;
  const std::string a = folder / "a.life", b = folder / "b.life";
  make_compared_life(a, {"cat", "dog", "tree"}, "paris");
  make_compared_life(b, {"dog", "tree"}, "rome");
  const auto differences = app::diff(a, b);
  REQUIRE(differences.size() == 3);
  CHECK(differences[0].common == 2);
  std::string lines;
  for (const auto& difference : differences)
    for (const auto& object : app::to_json(difference, "a", "b")) {
      auto shown = object;
      shown.erase("since");
      lines += shown.dump() + "\n";
    }
  CHECK(lines ==
        "{\"only_in\":\"a\",\"what\":\"concept\",\"kind\":\"sense\",\"label\":\"cat\",\"count\":2}\n"
        "{\"only_in\":\"a\",\"what\":\"fact\",\"subject\":\"ann\",\"relation\":\"X lives in Y\",\"value\":\"paris\","
        "\"stands\":1}\n"
        "{\"only_in\":\"b\",\"what\":\"fact\",\"subject\":\"ann\",\"relation\":\"X lives in Y\",\"value\":\"rome\","
        "\"stands\":1}\n"
        "{\"only_in\":\"a\",\"what\":\"thought\",\"kind\":\"merge\",\"about\":\"cat\",\"made\":\"\",\"gain_bits\":4.25}"
        "\n"
        "{\"only_in\":\"b\",\"what\":\"thought\",\"kind\":\"merge\",\"about\":\"dog\",\"made\":\"\",\"gain_bits\":4.25}"
        "\n");
  for (const auto& difference : app::diff(a, a)) {
    CHECK(difference.only_first.empty());
    CHECK(difference.only_second.empty());
  }
}

}  // namespace noema::memory
