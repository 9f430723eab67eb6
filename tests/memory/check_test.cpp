#include <algorithm>

#include "base/files.h"
#include "base/rng.h"
#include "memory/database.h"
#include "tests/memory/support.h"

namespace noema::memory {
namespace {

void make_life(const std::filesystem::path& path) {
  Life life = Life::create(path, small_options());
  for (int i = 1; i <= 20; ++i) {
    life.append(episode_row("episode " + std::to_string(i)), "episode " + std::to_string(i));
    if (i % 4 == 0) life.append(thought_row({i, i + 1}, i + 2));
  }
  life.append_undo(2, 50);
  life.append_model("more weights", "def", 51);
  FeedRow feed;
  feed.source = "lines.txt";
  feed.format = "text";
  feed.acknowledged = 20;
  life.feeds().record(feed);
  life.put_known({{"ann", "X lives in Y", "paris", 1, 0, {1}}}, {{"X lives in Y", {"X works in Y"}, 3, 1}});
  life.write_checkpoint(life.last_position(), [](CheckpointWriter& writer) {
    for (ConceptId id = 1; id <= 9; ++id) {
      ConceptRow row = concept_row(id, "c" + std::to_string(id));
      row.follows = {{id % 9 + 1, 3}};
      writer.put(row);
    }
    writer.set_state("rng", "12345678");
  });
}

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

}  // namespace

TEST_CASE("a sound life has no problems, for readers and writers") {
  TempFolder folder;
  make_life(folder / "a.life");
  CHECK(Life::open(folder / "a.life", Access::kRead).check().empty());
  CHECK(Life::open(folder / "a.life", Access::kWrite).check().empty());
}

TEST_CASE("damage planted in any table is found and named") {
  struct Damage {
    const char* sql;
    const char* found;
  };
  const std::vector<Damage> damages = {
      {"UPDATE episodes SET text = 'episode 8' WHERE id = 7", "(episode 7): the row or what it points to"},
      {"UPDATE episodes SET time = time + 1 WHERE id = 7", "(episode 7)"},
      {"UPDATE episodes SET speaker = '' WHERE id = 7", "(episode 7)"},
      {"UPDATE episodes SET attachments = x'80' WHERE id = 7", "(episode 7): a list of numbers ends within one"},
      {"UPDATE episodes SET attachments = x'01' WHERE id = 7", "(episode 7)"},
      {"DELETE FROM episodes WHERE id = 7", "(episode 7): the episode is missing"},
      {"INSERT INTO episodes SELECT 99, position, time, source, line, group_name, speaker, outer_id, label, answer, "
       "kind, text, attachments, part, begins_at, image FROM episodes WHERE id = 7",
       "episodes: 21 rows, but 20 were stored"},
      {"UPDATE thoughts SET gain_bits = 5 WHERE id = 3", "(thought 3)"},
      {"UPDATE thoughts SET operands = '{}' WHERE id = 3", "(thought 3)"},
      {"DELETE FROM thought_concepts WHERE thought = 3", "(thought 3)"},
      {"UPDATE thought_concepts SET role = 'needs' WHERE thought = 3", "(thought 3)"},
      {"INSERT INTO thought_concepts VALUES(99, 1, 'about')", "thought_concepts"},
      {"UPDATE thoughts SET evidence = '[1' WHERE id = 3", "(thought 3): a column holds no JSON"},
      {"UPDATE thoughts SET reason = 'because' WHERE id = 3", "(thought 3)"},
      {"UPDATE thoughts SET evidence = '[77]' WHERE id = 3", "missing episode 77"},
      {"UPDATE thoughts SET undone_by = 4 WHERE id = 3", "thoughts (undone)"},
      {"UPDATE thoughts SET undone_by = NULL WHERE id = 2", "does not say that it is undone"},
      {"DELETE FROM thoughts WHERE id = 3", "(thought 3): the thought is missing"},
      {"DELETE FROM log WHERE position = 5", "log: position 5 is missing"},
      {"DELETE FROM log WHERE position > 20", "log: it ends at position 20"},
      {"UPDATE log SET ref = 8 WHERE kind = 'episode' AND ref = 7", "(episode 8)"},
      {"UPDATE log SET time = 0 WHERE position = 5", "log position 5"},
      {"UPDATE log SET kind = 'dream' WHERE position = 5", "unknown kind \"dream\""},
      {"UPDATE log SET checksum = checksum + 1 WHERE position = 5", "log position 5"},
      {"UPDATE concepts SET count = 99 WHERE id = 4",
       "concept 4: the row, its forms or its relations are not what was stored"},
      {"DELETE FROM relations WHERE from_id = 4", "concept 4"},
      {"UPDATE relations SET count = 4 WHERE from_id = 4", "concept 4"},
      {"UPDATE relations SET type = 'associates' WHERE from_id = 4", "concept 4"},
      {"INSERT INTO relations VALUES(1, 'part-of', 4, 0, NULL)", "concept 4"},
      {"INSERT INTO relations VALUES(1, 'part-of', 44, 0, NULL)", "relations (of no concept): 1 rows"},
      {"INSERT INTO relations VALUES(77, 'follows', 4, 0, 1)", "relations (of no concept): 1 rows"},
      {"UPDATE forms SET surface = 'other' WHERE concept_id = 4", "concept 4"},
      {"INSERT INTO forms VALUES(77, 'c', 1)", "forms (of no concept): 1 rows"},
      {"INSERT INTO mention_index(mention_index, rowid, concepts) VALUES('delete', 7, '1 2 300')", "mention_index"},
      {"INSERT INTO mention_index(rowid, concepts) VALUES(7, '5')", "the concept \"5\" of episode 7 is not in that"},
      {"UPDATE mention_index_data SET block = x'00' WHERE id > 10", "mention_index"},
      {"UPDATE fact_terms SET text = 'rome' WHERE text = 'paris'", "facts and rules"},
      {"DELETE FROM fact_terms WHERE text = 'ann'", "facts and rules"},
      {"UPDATE facts SET told = '[1,2]'", "facts and rules"},
      {"DELETE FROM facts", "facts and rules"},
      {"UPDATE rules SET holds = 9", "facts and rules"},
      {"UPDATE concepts SET vector = x'00' WHERE id = 4", "concept 4"},
      {"DELETE FROM concepts WHERE id = 4", "a follower names the missing concept 4"},
      {"UPDATE state SET value = x'00'", "state \"rng\""},
      {"DELETE FROM state", "state: the rows together"},
      {"UPDATE feeds SET acknowledged = 10", "feed 1"},
      {"DELETE FROM feeds", "feeds: the rows together"},
      {"UPDATE model_parts SET bytes = x'00' WHERE model_id = 1", "model 1: its bytes do not have its hash"},
      {"DELETE FROM model_parts WHERE model_id = 2", "model 2"},
      {"UPDATE model SET hash = 'zzz' WHERE id = 1", "log position 1 "},
      {"UPDATE model SET hash = 'zzz' WHERE id = 2", "(model 2)"},
      {"UPDATE meta SET value = '8' WHERE key = 'seed'", "the meta row \"seed\" is not what was stored"},
      {"DELETE FROM meta WHERE key = 'options'", "the meta row \"options\" is missing"},
      {"DELETE FROM episode_terms_docsize WHERE id = 3", "episode_terms"},
      {"UPDATE episode_terms_data SET block = x'00' WHERE id > 10", "episode_terms"},
      {"DELETE FROM episode_terms_data WHERE id > 10", "episode_terms"},
      {"UPDATE episode_terms_docsize SET sz = x'0509' WHERE id = 3", "the number of terms of episode 3 is wrong"},
      {"UPDATE episode_terms_data SET block = (SELECT block || x'01' FROM episode_terms_data WHERE id = 1) WHERE id = "
       "1",
       "episode_terms: its sums are wrong"},
      {"INSERT INTO episode_terms(episode_terms, rowid, terms, group_token) VALUES('delete', 7, 'episode 7', '')",
       "episode_terms"},
      {"INSERT INTO episode_terms(rowid, terms, group_token) VALUES(7, 'another', '')",
       "the term \"another\" of episode 7 is not in that episode"},
      {"DROP VIEW life", "schema:"},
      {"DROP VIEW relation; CREATE VIEW relation AS SELECT 1 AS from_id", "schema: view relation is not as"},
      {"DROP INDEX episodes_outer_id", "schema:"},
      {"CREATE TABLE more(a)", "schema:"},
      {"INSERT INTO model SELECT 9, position, time, hash, content_hash, bytes FROM model WHERE id = 1",
       "model: 2 rows"},
      {"INSERT INTO model_parts VALUES(9, 0, x'00')", "model_parts (of no model)"},
      {"INSERT INTO feeds SELECT 9, content_hash, source, format, group_name, acknowledged, bytes, checksum, pieces, "
       "begins_at FROM feeds",
       "feeds: the rows together"},
      {"UPDATE feeds SET pieces = 3", "feed 1"},
      {"UPDATE episodes SET part = 1, begins_at = 6 WHERE id = 7", "(episode 7)"},
  };
  TempFolder folder;
  make_life(folder / "a.life");
  for (const Damage& damage : damages) {
    const auto path = folder / "b.life";
    std::filesystem::remove(path);
    std::filesystem::copy(folder / "a.life", path);
    Database(path, OpenMode::kReadWrite, 1).execute(damage.sql);
    INFO(damage.sql);
    CHECK_THAT(joined(Life::open(path, Access::kWrite).check()), Catch::Contains(damage.found));
    CHECK_THAT(joined(Life::open(path, Access::kRead).check()), Catch::Contains(damage.found));
  }
}

TEST_CASE("damaged totals refuse the life at once") {
  TempFolder folder;
  make_life(folder / "a.life");
  Database(folder / "a.life", OpenMode::kReadWrite, 1).execute("UPDATE meta SET value = '{}' WHERE key = 'totals'");
  CHECK_THAT(error_of([&] { Life::open(folder / "a.life", Access::kRead); }),
             Catch::Contains("\"totals\" is not what was stored"));
}

TEST_CASE("one damaged row is one problem") {
  TempFolder folder;
  make_life(folder / "a.life");
  Database(folder / "a.life", OpenMode::kReadWrite, 1).execute("UPDATE episodes SET text = 'else' WHERE id = 7");
  CHECK(Life::open(folder / "a.life", Access::kRead).check().size() == 1);
}

TEST_CASE("the list of problems is as long as asked") {
  TempFolder folder;
  make_life(folder / "a.life");
  Database(folder / "a.life", OpenMode::kReadWrite, 1).execute("UPDATE episodes SET text = 'else'");
  CHECK(Life::open(folder / "a.life", Access::kRead).check(3).size() == 3);
}

TEST_CASE("bytes of an episode's text changed in the file are found") {
  TempFolder folder;
  make_life(folder / "a.life");
  std::string bytes = base::read_file(folder / "a.life");
  const std::size_t at = bytes.find("episode 13");
  REQUIRE(at != std::string::npos);
  bytes[at] = 'E';
  base::write_file(folder / "a.life", bytes);
  CHECK_THAT(joined(Life::open(folder / "a.life", Access::kRead).check()), Catch::Contains("episode 13"));
}

TEST_CASE("a page overwritten anywhere is found or lies where nothing is stored") {
  TempFolder folder;
  make_life(folder / "a.life");
  const std::string sound = base::read_file(folder / "a.life");
  base::Rng rng(5);
  int missed = 0;
  for (std::size_t page = 1; page < sound.size() / 4096; ++page) {
    std::string bytes = sound;
    for (std::size_t i = 0; i < 4096; ++i) bytes[page * 4096 + i] = static_cast<char>(rng.below(256));
    base::write_file(folder / "b.life", bytes);
    try {
      missed += Life::open(folder / "b.life", Access::kWrite).check().empty();
    } catch (const base::Error&) {
      // Refused at once is found too.
    }
  }
  CHECK(missed == 0);
}

}  // namespace noema::memory
