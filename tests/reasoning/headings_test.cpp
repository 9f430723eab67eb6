#include "reasoning/headings.h"

#include <catch2/catch.hpp>

#include "tests/reasoning/told_graph.h"

using namespace noema;
using namespace noema::tests;
using reasoning::Headings;

namespace {

memory::EpisodeRow row_by(const std::string& speaker, const std::string& group, double time) {
  memory::EpisodeRow row;
  row.text = "hello";
  row.speaker = speaker;
  row.group = group;
  row.time = time;
  return row;
}

}  // namespace

TEST_CASE("headings say of each episode what its row says, whether read at once or step by step") {
  base::Rng rng(1);
  ToldGraph told;
  Headings stepwise;
  for (const std::uint32_t first : {0, 0, 12, 30, 5, 200}) {  // the last: all of them are gone
    told.tell_at_random(rng, 20);
    stepwise.catch_up(told.life, first);
    Headings at_once;
    at_once.catch_up(told.life, first);
    for (const Headings* headings : {&stepwise, &at_once}) {
      CHECK(headings->begin() == first);
      CHECK(headings->end() == std::max<std::size_t>(first, told.rows.size()));
      for (std::uint32_t episode = first; episode < headings->end(); ++episode) {
        const auto& row = told.rows[episode];
        REQUIRE(headings->holds(episode));
        CHECK((*headings)[episode].time == row.time);
        CHECK((*headings)[episode].is_question == reasoning::is_question(row));
        CHECK((*headings)[episode].first == (row.begins_at != 0 ? row.begins_at - 1 : episode));
        CHECK(headings->passes(episode, {}) == !reasoning::is_question(row));
      }
    }
  }
}

TEST_CASE("a filter passes inputs of one group, by one speaker, told since then") {
  ToldGraph told;
  told.tell(row_by("Ann", "g", 10));
  told.tell(row_by("Bob", "g", 20));
  told.tell(row_by("Ann", "h", 30));
  told.tell("nobody's");
  Headings headings;
  headings.catch_up(told.life, 0);
  const auto passing = [&](const reasoning::RecallFilter& filter) {
    std::vector<int> episodes;
    for (std::uint32_t episode = 0; episode < headings.end(); ++episode) {
      const bool passes = headings.passes(episode, headings.wanted(filter));
      CHECK(passes == reasoning::passes(told.rows[episode], filter));
      if (passes) episodes.push_back(static_cast<int>(episode));
    }
    return episodes;
  };
  using Episodes = std::vector<int>;
  CHECK(passing({}) == Episodes{0, 1, 2, 3});
  CHECK(passing({.group = "g"}) == Episodes{0, 1});
  CHECK(passing({.group = ""}) == Episodes{3});
  CHECK(passing({.speaker = "Ann"}) == Episodes{0, 2});
  CHECK(passing({.since = 20}) == Episodes{1, 2, 3});
  CHECK(passing({"g", "Ann", 5}) == Episodes{0});
  CHECK(passing({.group = "unheard of"}).empty());
  CHECK(passing({.speaker = "g"}).empty());
  CHECK(reasoning::RecallFilter{}.passes_all());
  CHECK_FALSE(reasoning::RecallFilter{.since = 0}.passes_all());
}
