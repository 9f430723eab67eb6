#include "memory/thought_log.h"

#include "tests/memory/support.h"

namespace noema::memory {

TEST_CASE("a thought comes back with every value and can be undone once") {
  TempFolder folder;
  Life life = Life::create(folder / "a.life", small_options());
  life.append(episode_row("a b"), "a b");
  ThoughtRow row = thought_row({4, 5}, 6);
  row.details = R"({"rate":0.5})";
  CHECK(life.append(row) == 1);
  const auto found = life.thoughts().find(1);
  REQUIRE(found);
  CHECK(found->position == 2);
  CHECK(found->kind == "merge");
  CHECK(found->operands == row.operands);
  CHECK(found->concepts == row.concepts);
  CHECK(found->result == 6);
  CHECK(found->gain_bits == 4.25);
  CHECK(found->cost_seconds == 0.001);
  CHECK(found->candidates == 12);
  CHECK(found->evidence == row.evidence);
  CHECK(found->reason == "same contexts");
  CHECK(found->details == row.details);
  CHECK(found->after_episode == 1);
  CHECK(found->undone_by == 0);
  CHECK(life.append_undo(1, 14) == 3);
  CHECK(life.thoughts().find(1)->undone_by == 3);
  CHECK_THAT(error_of([&] { life.append_undo(1, 15); }), Catch::Contains("thought:1 is undone already"));
  CHECK_THAT(error_of([&] { life.append_undo(9, 15); }), Catch::Contains("thought:9 does not exist"));
  CHECK(life.counts().undos == 1);
}

TEST_CASE("thoughts about a concept are those with it as operand or result") {
  TempFolder folder;
  Life life = Life::create(folder / "a.life", small_options());
  life.append(episode_row("x"), "x");
  life.append(thought_row({1, 2}, 3));
  life.append(thought_row({3, 4}, 5));
  life.append(thought_row({11, 12}, 13));
  CHECK(life.thoughts().about(3) == std::vector<ThoughtId>{1, 2});
  CHECK(life.thoughts().about(1).size() == 1);
  CHECK(life.thoughts().about(99).empty());
  CHECK(life.thoughts().later_sharing(1) == std::vector<ThoughtId>{2});
  CHECK(life.thoughts().next_of_kind("merge", 1) == 2);
  life.append_undo(2, 0);
  CHECK(life.thoughts().later_sharing(1).empty());
  CHECK(life.thoughts().next_of_kind("merge", 1) == 3);
  CHECK_FALSE(life.thoughts().next_of_kind("dream", 0));
}

}  // namespace noema::memory
