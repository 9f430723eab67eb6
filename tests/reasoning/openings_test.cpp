#include "reasoning/openings.h"

#include <catch2/catch.hpp>
#include <set>

#include "tests/reasoning/told_graph.h"

using namespace noema;
using namespace noema::tests;
using reasoning::Openings;

namespace {

std::set<std::uint32_t> episodes_in(const Openings& openings, const Openings::Range& range) {
  std::set<std::uint32_t> episodes;
  for (std::size_t i = range.begin; i < range.end; ++i) episodes.insert(openings[i].episode);
  return episodes;
}

/// The inputs that open with the units, found by looking at all.
std::set<std::uint32_t> opening_with(const ToldGraph& told, const std::vector<std::string>& run) {
  std::set<std::uint32_t> episodes;
  for (const auto& row : told.rows) {
    const auto units = ToldGraph::opening(row);
    if (told.opens(row) && units.size() >= run.size() && std::equal(run.begin(), run.end(), units.begin()))
      episodes.insert(static_cast<std::uint32_t>(row.id - 1));
  }
  return episodes;
}

void check_against_all(const ToldGraph& told, const Openings& openings) {
  const auto& stream = told.graph.stream();
  std::size_t opening = 0;
  for (const auto& row : told.rows) {
    const auto episode = static_cast<std::uint32_t>(row.id - 1);
    if (!told.is_attached(row)) continue;
    const std::optional<std::size_t> place = openings.place_of(told.graph, episode);
    REQUIRE(place.has_value() == told.opens(row));
    if (!place) continue;
    ++opening;
    CHECK(openings[*place].episode == episode);
    const auto units = ToldGraph::opening(row);
    for (std::size_t n = 0; n <= units.size(); ++n) {
      const std::vector<std::string> run(units.begin(), units.begin() + static_cast<std::ptrdiff_t>(n));
      CHECK(episodes_in(openings, openings.with(stream, told.ids(run))) == opening_with(told, run));
    }
    std::set<std::uint32_t> tellings;
    for (const auto& other : told.rows)
      if (told.opens(other) && ToldGraph::opening(other) == units)
        tellings.insert(static_cast<std::uint32_t>(other.id - 1));
    const auto range = openings.tellings(stream, *place);
    CHECK(episodes_in(openings, range) == tellings);
    for (std::size_t i = range.begin + 1; i < range.end; ++i) CHECK(openings[i - 1].episode < openings[i].episode);
  }
  CHECK(openings.all().size() == opening);
  std::uint64_t episodes = 0, units = 0;
  for (const auto& row : told.rows) {
    if (!told.is_attached(row) || reasoning::is_question(row)) continue;
    ++episodes;
    units += ToldGraph::units(row).size();
  }
  CHECK(openings.evidence().episodes == episodes);
  CHECK(openings.evidence().units == units);
  std::size_t told_in_all = 0;
  openings.for_each_text(stream, openings.all(), [&](const Openings::Range& text) {
    told_in_all += text.size();
    return true;
  });
  CHECK(told_in_all == opening);
}

}  // namespace

TEST_CASE("openings brought up to date step by step are those found by looking at all inputs") {
  base::Rng rng(1);
  ToldGraph told;
  reasoning::Headings headings;
  Openings openings;
  for (int step = 0; step < 8; ++step) {
    told.tell_at_random(rng, step == 3 ? 90 : 1 + rng.below(12));  // many at once, or a few
    headings.catch_up(told.life, told.graph.stream().first_episode());
    openings.catch_up(told.graph, headings);
    check_against_all(told, openings);
    if (step % 3 == 2) told.forget(told.graph.stream().first_episode() + 9);
  }
}

TEST_CASE("openings follow when inputs are let go of and taken back, or all of them go") {
  base::Rng rng(2);
  ToldGraph told;
  reasoning::Headings headings;
  Openings openings;
  const auto catch_up = [&] {
    headings.catch_up(told.life, told.graph.stream().first_episode());
    openings.catch_up(told.graph, headings);
    check_against_all(told, openings);
  };
  told.tell_at_random(rng, 30);
  catch_up();
  const auto forgetting = told.graph.forgetting(12);
  const auto faded = forgetting.faded;
  told.graph.forget(forgetting, reasoning::past_of(told.life));
  catch_up();
  told.graph.readmit(0, faded, reasoning::past_of(told.life));
  catch_up();
  told.forget(told.graph.stream().episodes());
  catch_up();
  CHECK(openings.all().empty());
  told.tell_at_random(rng, 5);
  catch_up();
}

TEST_CASE("what stands before the first word does not count, and what is not committed is not there") {
  ToldGraph told;
  told.tell("“Demon Dice” is a game");
  told.tell("Demon Dice” is a game");
  told.tell("...");
  reasoning::Headings headings;
  Openings openings;
  headings.catch_up(told.life, 0);
  base::Segmenter segmenter;
  told.graph.attach(reasoning::perceive_text(told.graph, segmenter, "demon dice"));
  openings.catch_up(told.graph, headings);
  CHECK(openings.all().size() == 2);
  CHECK(openings.tellings(told.graph.stream(), 0).size() == 2);
  CHECK_FALSE(openings.place_of(told.graph, 2));
  CHECK_FALSE(openings.place_of(told.graph, 3));
}
