#include "reasoning/thought.h"

#include "base/error.h"
#include "reasoning/thoughts/compose.h"
#include "tests/reasoning/thoughts/support.h"

using namespace noema;
using namespace noema::tests;

TEST_CASE("a set of kinds has all but those that were left out, and the set it came from stays") {
  const KindSet all = KindSet::all();
  const KindSet fewer = all.without("merge").without("split");
  for (const auto& kind : thought_kinds()) {
    CHECK(all[*kind]);
    CHECK(fewer[*kind] == (kind->name() != "merge" && kind->name() != "split"));
  }
}

TEST_CASE("a count is a milestone at the first number and at each doubling of it") {
  std::vector<std::uint64_t> found;
  for (std::uint64_t count = 0; count <= 100; ++count)
    if (is_milestone(count, 6)) found.push_back(count);
  CHECK(found == std::vector<std::uint64_t>{6, 12, 24, 48, 96});
}

TEST_CASE("an episode passes a milestone when the mentions step over it, as counting one by one would") {
  const Graph graph;
  base::Rng rng(4);
  for (int round = 0; round < 300; ++round) {
    const std::uint64_t before = rng.below(400), now = before + rng.below(30);
    bool stepped = false;
    for (std::uint64_t count = before + 1; count <= now; ++count) stepped = stepped || is_milestone(count, 16);
    INFO(before << " to " << now);
    CHECK(NoticedEpisode{graph, before, now}.passed(16) == stepped);
  }
}

TEST_CASE("a thought that makes no sense weighs nothing, and weighing again keeps what it was compared with") {
  Graph graph = spellings();
  const ConceptId first = *graph.find("new"), second = *graph.find("york");
  CHECK_FALSE(weighed(graph, thoughts::compose(), {{"first", first}, {"second", ConceptId{99999}}}));
  auto thought = weighed(graph, thoughts::compose(), {{"first", first}, {"second", second}});
  REQUIRE(thought);
  CHECK(thought->gain_bits == concepts::propose_composite(graph, first, second)->gain_bits);
  CHECK(thought->occurrences.size() == graph.nodes().positions_of(second).size());
  thought->examined = 7;
  const auto again = weighed_again(graph, *thought);
  REQUIRE(again);
  CHECK(again->examined == 7);
  CHECK(again->gain_bits == thought->gain_bits);
  applied(graph, *thought);
  CHECK_FALSE(weighed_again(graph, *thought));  // it is there already
}

TEST_CASE("operands that are no concepts are refused by the field's name") {
  const Operands operands{{"a", 3U},     {"list", {1U, 2U}},   {"minus", -1},
                          {"word", "x"}, {"mixed", {1U, "x"}}, {"large", 1ULL << 32}};
  CHECK(id_in(operands, "a") == 3);
  CHECK(id_in_or(operands, "none", 9) == 9);
  CHECK(id_in_or(operands, "a", 9) == 3);
  CHECK(ids_in(operands, "list") == std::vector<ConceptId>{1, 2});
  for (const char* field : {"none", "minus", "word", "list", "large"})
    CHECK_THROWS_WITH(id_in(operands, field), Catch::Contains(std::string("\"") + field + "\" that is a concept"));
  for (const char* field : {"none", "a", "mixed"})
    CHECK_THROWS_WITH(ids_in(operands, field), Catch::Contains("that is a list of concepts"));
}

TEST_CASE("the roles have the names that the life keeps") {
  CHECK(name_of(Role::kAbout) == "about");
  CHECK(name_of(Role::kMade) == "made");
  CHECK(name_of(Role::kNeeds) == "needs");
}
