#include "memory/mention_index.h"

#include "tests/memory/support.h"

namespace noema::memory {

TEST_CASE("each mention is found by its concept, with its place in the episode") {
  TempFolder folder;
  Life life = Life::create(folder / "a.life", small_options());
  life.append(episode_row("the cat sees the dog", {1, 22, 3, 1, 4}), "the cat sees the dog");
  life.append(episode_row("the end", {1, 2}), "the end");
  life.append(episode_row("", {}), "");
  life.write_checkpoint(3, [](CheckpointWriter& writer) {
    for (const ConceptId id : {1, 2, 3, 4, 22}) writer.put(concept_row(id, "c" + std::to_string(id)));
  });
  Database database(folder / "a.life", OpenMode::kReadOnly, 1);
  const auto places_of = [&](int id) {
    return database.text(
        "SELECT coalesce(group_concat(episode_id || ':' || place, ' '), '') FROM mention WHERE "
        "concept_id = " +
        std::to_string(id));
  };
  CHECK(places_of(1) == "1:0 1:3 2:0");
  CHECK(places_of(22) == "1:1");
  CHECK(places_of(2) == "2:1");
  CHECK(database.text("SELECT group_concat(concepts, ' ') FROM episode") == "[1,22,3,1,4] [1,2] []");
}

TEST_CASE("mentions of large ids are decoded in SQL as they are in the program") {
  TempFolder folder;
  Life life = Life::create(folder / "a.life", small_options());
  life.append(episode_row("a b c", {127, 128, 300000000}), "a b c");
  life.commit();
  Database database(folder / "a.life", OpenMode::kReadOnly, 1);
  CHECK(database.text("SELECT concepts FROM episode") == "[127,128,300000000]");
}

}  // namespace noema::memory
