#include "memory/log_copy.h"

#include "tests/memory/support.h"

namespace noema::memory {
namespace {

/// The chain of checksums over the log: equal for equal logs alone.
std::string chain_of(const std::filesystem::path& path) {
  Database database(path, OpenMode::kReadOnly, 1);
  return database.text("SELECT coalesce(group_concat(checksum), '') FROM (SELECT checksum FROM log ORDER BY position)");
}

/// Inputs, thoughts, an undo and a second model.
Life eventful(const std::filesystem::path& path) {
  CreateOptions options = small_options();
  options.seed = 7;
  options.max_concepts = 900;
  Life life = Life::create(path, options);
  for (int i = 0; i < 4; ++i) {
    EpisodeRow row = episode_row("line " + std::to_string(i));
    row.outer_id = "own " + std::to_string(i);
    row.group = "g";
    life.append(row, "line " + std::to_string(i));
  }
  ThoughtRow thought;
  thought.kind = "compose";
  thought.concepts = {{1, "about"}, {2, "made"}};
  thought.evidence = {1, 2};
  life.append(thought);
  life.append_model("other bytes", "other", 5);
  life.append_undo(life.append(thought), 6);
  life.commit();
  return life;
}

}  // namespace

TEST_CASE("a copy that repeats a whole log has the same log, to the last checksum, and is sound") {
  TempFolder folder;
  const Life life = eventful(folder / "a.life");
  LogCopy copy(life, folder / "b.life");
  for_each_log_entry(life, 0, [&](const LogEntry& entry) { copy.repeat(entry); });
  copy.life().commit();
  CHECK(chain_of(folder / "b.life") == chain_of(folder / "a.life"));
  CHECK(copy.life().check().empty());
  CHECK(copy.life().origin().seed == 7);
  CHECK(copy.life().origin().max_concepts == 900);
  CHECK(copy.life().model().hash() == "other");
  CHECK(copy.life().model().bytes() == "other bytes");
  CHECK(copy.life().episodes().search({"line"}, 9, "g").size() == 4);
  CHECK(copy.life().episodes().find("g", "own 2")->text == "line 2");
}

TEST_CASE("a copy that stops early has nothing of what came later: no input, no undo, no model") {
  TempFolder folder;
  const Life life = eventful(folder / "a.life");
  for (Position until = 0; until <= life.last_position(); ++until) {
    const auto target = folder / (std::to_string(until) + ".life");
    LogCopy copy(life, target);
    life.for_log_entries_while(0, [&](const LogEntry& entry) {
      if (entry.position <= until) copy.repeat(entry);
      return entry.position < until;
    });
    copy.life().commit();
    CHECK(copy.life().last_position() == until);
    CHECK(copy.life().check().empty());
    CHECK(chain_of(folder / "a.life").starts_with(chain_of(target)));
    if (const auto taken_back = copy.life().thoughts().find(2))
      CHECK((taken_back->undone_by == 0) == (until < life.last_position()));
  }
}

TEST_CASE("entries are repeated in their order") {
  TempFolder folder;
  const Life life = eventful(folder / "a.life");
  LogCopy copy(life, folder / "b.life");
  CHECK_THROWS(for_each_log_entry(life, 3, [&](const LogEntry& entry) { copy.repeat(entry); }));
}

}  // namespace noema::memory
