#include "memory/rows.h"

#include <algorithm>
#include <tuple>

#include "base/rng.h"
#include "memory/search_terms.h"
#include "tests/memory/support.h"

namespace noema::memory {
namespace {

auto fields(const EpisodeRow& row) {
  return std::tie(row.id, row.position, row.time, row.source, row.line, row.group, row.speaker, row.outer_id, row.label,
                  row.answer, row.kind, row.part, row.begins_at, row.text, row.attachments);
}
auto fields(const ThoughtRow& row) {
  return std::tie(row.id, row.position, row.time, row.kind, row.operands, row.concepts, row.result, row.gain_bits,
                  row.cost_seconds, row.candidates, row.evidence, row.reason, row.details, row.after_episode,
                  row.undone_by);
}
auto fields(const ConceptRow& row) {
  return std::tie(row.id, row.kind, row.label, row.parts, row.redirect, row.count, row.created_by, row.forms,
                  row.follows, row.relations, row.details, row.vector);
}

/// Values of rows: texts with quotes, blanks and other scripts, numbers of all sizes, and things that are absent.
class Values {
 public:
  explicit Values(std::uint64_t seed) : rng_(seed) {}

  std::string text() {
    static const std::vector<std::string> pieces{"a", "\"", "'", " ", "\\", "道", "é", "\t", "{", "%s", "\u200b", ""};
    std::string text;
    for (std::uint64_t n = rng_.below(6); n > 0; --n) text += pieces[rng_.below(pieces.size())];
    return text;
  }
  std::optional<std::string> perhaps() { return rng_.uniform() < 0.5 ? std::nullopt : std::optional(text()); }
  std::int64_t number() { return static_cast<std::int64_t>(rng_.below(std::uint64_t{1} << rng_.below(50))); }
  double real() { return (rng_.uniform() - 0.5) * static_cast<double>(number()); }
  std::vector<std::int64_t> numbers() {
    std::vector<std::int64_t> numbers(rng_.below(5));
    for (auto& one : numbers) one = 1 + number();
    return numbers;
  }

 private:
  base::Rng rng_;
};

}  // namespace

TEST_CASE("an episode comes back from the life with every field that it was given") {
  TempFolder folder;
  Life life = Life::create(folder / "a.life", small_options());
  Values values(1);
  base::Segmenter segmenter;
  std::vector<EpisodeRow> rows;
  for (EpisodeId id = 1; id <= 60; ++id) {
    EpisodeRow row;
    row.time = values.real();
    row.source = values.text();
    row.line = values.number();
    row.group = values.text();
    row.speaker = values.perhaps();
    if (id % 2 == 0) row.outer_id = values.text() + std::to_string(id);
    row.label = values.perhaps();
    row.answer = values.perhaps();
    row.kind = values.text();
    if (id % 5 == 0) {
      row.part = 1 + values.number();
      row.begins_at = id - 1;
    }
    row.text = values.text();
    row.attachments = values.numbers();
    row.id = life.append(row, search_terms(segmenter, row.text));
    row.position = life.last_position();
    rows.push_back(row);
  }
  life.commit();
  for (const EpisodeRow& row : rows) {
    const auto found = life.episodes().find(row.id);
    REQUIRE(found);
    CHECK(fields(*found) == fields(row));
  }
  CHECK_FALSE(life.episodes().find(61));
  CHECK(life.check().empty());
}

TEST_CASE("a thought comes back with every field, its concepts in order and each role once") {
  TempFolder folder;
  Life life = Life::create(folder / "a.life", small_options());
  append_text(life, "one");
  Values values(2);
  std::vector<ThoughtRow> rows;
  for (int i = 0; i < 40; ++i) {
    ThoughtRow row;
    row.time = values.real();
    row.kind = values.text();
    row.operands = nlohmann::json{{"field", values.text()}}.dump();
    for (const ConceptId id : values.numbers()) row.concepts.push_back({id, i % 2 == 0 ? "about" : "needs"});
    row.result = values.number();
    row.gain_bits = values.real();
    row.cost_seconds = values.real();
    row.candidates = values.number();
    row.evidence = i % 3 == 0 ? std::vector<EpisodeId>{1} : std::vector<EpisodeId>{};
    row.reason = values.text();
    row.details = nlohmann::json{{values.text(), values.number()}}.dump();
    row.after_episode = 1;
    ThoughtRow given = row;
    if (!given.concepts.empty()) given.concepts.push_back(given.concepts.front());
    row.id = life.append(given);
    row.position = life.last_position();
    std::sort(row.concepts.begin(), row.concepts.end());
    row.concepts.erase(std::unique(row.concepts.begin(), row.concepts.end()), row.concepts.end());
    rows.push_back(row);
  }
  rows[5].undone_by = life.append_undo(rows[5].id, 20);
  life.commit();
  for (const ThoughtRow& row : rows) {
    const auto found = life.thoughts().find(row.id);
    REQUIRE(found);
    CHECK(fields(*found) == fields(row));
  }
  CHECK(life.check().empty());
}

TEST_CASE("a concept comes back from the checkpoint with every field, and the last row of an id counts") {
  TempFolder folder;
  Life life = Life::create(folder / "a.life", small_options());
  Values values(3);
  std::vector<ConceptRow> rows;
  for (ConceptId id = 1; id <= 40; ++id) {
    ConceptRow row;
    row.id = id;
    row.kind = id % 2 == 0 ? "sense" : "composite";
    row.label = values.text();
    row.parts = {1 + id % 7, 1 + id % 2, 1 + id % 7};
    row.redirect = id % 3 == 0 ? 1 : 0;
    row.count = values.number();
    row.forms = {{"a" + values.text(), values.number()}, {"b" + values.text(), values.number()}};
    row.follows = {{0, values.number()}, {1 + id % 5, values.number()}};
    if (id % 4 == 0) row.relations = {{"associates", 2, values.number()}, {"instance-of", 1 + id % 3, std::nullopt}};
    row.details = nlohmann::json{{"x", values.text()}}.dump();
    row.vector = values.text() + std::string(1, '\0') + values.text();
    rows.push_back(row);
  }
  life.write_checkpoint(0, [&](CheckpointWriter& writer) {
    ConceptRow before = rows[3];
    before.label = "earlier";
    writer.put(before);
    for (const ConceptRow& row : rows) writer.put(row);
  });
  std::size_t next = 0;
  life.checkpoint().for_each_concept([&](const ConceptRow& row) {
    REQUIRE(next < rows.size());
    CHECK(fields(*life.checkpoint().find(row.id)) == fields(rows[next]));
    ConceptRow expected = rows[next++];
    expected.follows.clear();
    CHECK(fields(row) == fields(expected));
  });
  CHECK(next == rows.size());
  CHECK(life.check().empty());
}

}  // namespace noema::memory
