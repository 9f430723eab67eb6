#include "memory/episode_log.h"

#include "tests/memory/support.h"

namespace noema::memory {

TEST_CASE("an episode comes back with every value") {
  TempFolder folder;
  Life life = Life::create(folder / "a.life", small_options());
  EpisodeRow row = episode_row("道可道 \"quoted\"\ttab");
  row.group = "g";
  row.speaker = "Ann";
  row.outer_id = "D1:3";
  row.label = "";
  row.answer = "yes";
  row.kind = "question";
  CHECK(life.append(row, "terms") == 1);
  life.commit();
  const auto found = Life::open(folder / "a.life", Access::kRead).episodes().find("g", "D1:3");
  REQUIRE(found);
  CHECK(found->id == 1);
  CHECK(found->position == 1);
  CHECK(found->time == 12.5);
  CHECK(found->source == "lines.txt");
  CHECK(found->line == 3);
  CHECK(found->speaker == row.speaker);
  CHECK(found->label == row.label);
  CHECK(found->answer == row.answer);
  CHECK(found->kind == "question");
  CHECK(found->text == row.text);
  CHECK(found->attachments == row.attachments);
  CHECK_FALSE(life.episodes().find(2));
  CHECK_FALSE(life.episodes().find("h", "D1:3"));
}

TEST_CASE("headings are visited in order, with what rows say beside their texts") {
  TempFolder folder;
  Life life = Life::create(folder / "a.life", small_options());
  append_text(life, "before");
  EpisodeRow row = episode_row("one");
  row.group = "g";
  row.speaker = "Ann";
  row.kind = "question";
  row.begins_at = 1;
  row.part = 1;
  life.append(row, "one");
  std::vector<EpisodeId> ids;
  life.episodes().for_each_heading(0, [&](const EpisodeHeading& heading) {
    ids.push_back(heading.id);
    CHECK(heading.time == 12.5);
    const bool second = heading.id == 2;
    CHECK(heading.group == (second ? "g" : ""));
    CHECK(heading.speaker.has_value() == second);
    CHECK(heading.kind == (second ? "question" : "text"));
    CHECK(heading.begins_at == (second ? 1 : 0));
  });
  CHECK(ids == std::vector<EpisodeId>{1, 2});
  life.episodes().for_each_heading(1, [](const EpisodeHeading& heading) { CHECK(heading.speaker == "Ann"); });
  life.episodes().for_each_heading(2, [](const EpisodeHeading&) { FAIL("nothing is behind the last"); });
}

TEST_CASE("an input of several pieces is read whole from each of them") {
  TempFolder folder;
  Life life = Life::create(folder / "a.life", small_options());
  append_text(life, "before");
  EpisodeRow piece = episode_row("one ", {1});
  const EpisodeId first = life.append(piece, "one");
  piece.begins_at = first;
  for (const auto& [text, unit] : {std::pair{"two ", 2}, std::pair{"three", 3}}) {
    ++piece.part;
    piece.text = text;
    piece.attachments = {unit};
    life.append(piece, text);
  }
  for (EpisodeId id = first; id < first + 3; ++id) {
    const auto input = life.episodes().input(id);
    REQUIRE(input);
    CHECK(input->id == first);
    CHECK(input->text == "one two three");
    CHECK(input->attachments == std::vector<ConceptId>{1, 2, 3});
  }
  CHECK(life.episodes().find(first)->text == "one ");
  CHECK(life.episodes().input(1)->text == "before");
  CHECK_FALSE(life.episodes().input(9));
}

TEST_CASE("a new life tells the units of all its rows apart by the present rule") {
  TempFolder folder;
  const Life life = Life::create(folder / "a.life", small_options());
  CHECK(life.episodes().rule_at(1) == base::kPresentRule);
}

TEST_CASE("the episodes of a life that was moved can still be read") {
  TempFolder folder;
  Life life = Life::create(folder / "a.life", small_options());
  append_text(life, "here");
  const EpisodeLog episodes = life.episodes();
  const Life moved = std::move(life);
  CHECK(episodes.find(1)->text == "here");
}

}  // namespace noema::memory
