#include "reasoning/names.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <set>

#include "tests/reasoning/told_graph.h"

using namespace noema;
using namespace noema::tests;
using reasoning::Names;
using reasoning::Openings;

namespace {

using Words = std::vector<std::string>;

constexpr std::size_t kLongest = 6;

/// How often a run of units stands in another.
std::size_t count_of(const Words& run, const Words& text) {
  std::size_t count = 0;
  for (auto at = text.begin(); (at = std::search(at, text.end(), run.begin(), run.end())) != text.end(); ++at) ++count;
  return count;
}

/// The first piece of the input that a row belongs to.
const memory::EpisodeRow& first_piece(const ToldGraph& told, const memory::EpisodeRow& row) {
  return row.begins_at == 0 ? row : told.rows[static_cast<std::size_t>(row.begins_at - 1)];
}

/// What a text is about, by looking at every input.
std::vector<Words> names_in_all(const ToldGraph& told, const memory::EpisodeRow& row) {
  const Words text = ToldGraph::opening(row);
  std::size_t cut = 0, again = 0, other = 0;
  while (cut < text.size() && !base::is_mark(text[cut])) ++cut;
  for (std::size_t n = 1; n <= kLongest && n <= text.size(); ++n) {
    const Words run(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(n));
    bool elsewhere = false;
    for (const auto& one : told.rows)
      elsewhere =
          elsewhere || (told.is_attached(one) && !reasoning::is_question(one) &&
                        told.is_attached(first_piece(told, one)) && first_piece(told, one).id != row.id &&
                        ToldGraph::opening(first_piece(told, one)) != text && count_of(run, ToldGraph::units(one)) > 0);
    if (!elsewhere && count_of(run, text) < 2) break;
    again = n;
    if (elsewhere && !base::is_mark(run.back())) other = n;
  }
  const std::size_t first = std::min(again, cut);
  std::vector<Words> names;
  if (first > 0) names.emplace_back(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(first));
  if (other > first) names.emplace_back(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(other));
  return names;
}

/// {name: newest tellings of the texts about it}, by looking at every input.
std::map<Words, std::set<std::uint32_t>> things_in_all(const ToldGraph& told, const Words& units) {
  std::map<Words, std::set<std::uint32_t>> about, things;
  for (const auto& row : told.rows) {
    if (!told.opens(row)) continue;
    const bool is_newest = std::none_of(told.rows.begin() + row.id, told.rows.end(), [&](const auto& later) {
      return told.opens(later) && ToldGraph::opening(later) == ToldGraph::opening(row);
    });
    if (!is_newest) continue;
    for (const Words& name : names_in_all(told, row)) about[name].insert(static_cast<std::uint32_t>(row.id - 1));
  }
  for (std::size_t i = 0; i < units.size();) {
    std::size_t longest = 0;
    for (std::size_t n = 1; n <= kLongest && i + n <= units.size(); ++n) {
      const Words run(units.begin() + static_cast<std::ptrdiff_t>(i),
                      units.begin() + static_cast<std::ptrdiff_t>(i + n));
      if (about.contains(run)) longest = n;
    }
    if (longest > 0) {
      const Words run(units.begin() + static_cast<std::ptrdiff_t>(i),
                      units.begin() + static_cast<std::ptrdiff_t>(i + longest));
      things[run] = about[run];
    }
    i += std::max<std::size_t>(longest, 1);
  }
  return things;
}

/// A look at all of it, nothing filtered.
struct Looking {
  reasoning::Headings headings;
  Openings openings;
  std::optional<Names> names;
  explicit Looking(const ToldGraph& told) {
    headings.catch_up(told.life, told.graph.stream().first_episode());
    openings.catch_up(told.graph, headings);
    names.emplace(told.graph, headings, openings, [this](const Openings::Range& tellings) {
      return std::optional(openings[tellings.end - 1].episode);
    });
  }
};

std::vector<reasoning::Units> names_of(const ToldGraph& told, std::uint32_t episode) {
  return Looking(told).names->of(episode);
}

}  // namespace

TEST_CASE("names and the things of a text are those found by looking at all inputs") {
  for (const std::uint64_t seed : {1, 2, 3, 4}) {
    base::Rng rng(seed);
    ToldGraph told;
    told.tell_at_random(rng, seed == 1 ? 12 : 60);
    if (seed == 3) told.forget(20);
    Looking look(told);
    for (const auto& row : told.rows) {
      if (!told.is_attached(row)) continue;
      if (told.opens(row)) {
        std::vector<reasoning::Units> expected;
        for (const Words& name : names_in_all(told, row)) expected.push_back(told.ids(name));
        INFO(row.text);
        CHECK(look.names->of(static_cast<std::uint32_t>(row.id - 1)) == expected);
      }
      std::map<reasoning::Units, std::set<std::uint32_t>> expected, found;
      for (const auto& [name, inputs] : things_in_all(told, ToldGraph::units(row))) expected[told.ids(name)] = inputs;
      for (const auto& [name, inputs] :
           look.names->things_in(told.graph.stream().leaves(static_cast<std::uint32_t>(row.id - 1))))
        found[name] = {inputs.begin(), inputs.end()};
      CHECK(found == expected);
      for (const auto& [name, inputs] : found) {
        std::set<std::uint32_t> mentioning;
        for (const auto& one : told.rows)
          if (told.is_attached(one) && !reasoning::is_question(one)) {
            const auto units = told.graph.stream().leaves(static_cast<std::uint32_t>(one.id - 1));
            if (std::search(units.begin(), units.end(), name.begin(), name.end()) != units.end())
              mentioning.insert(static_cast<std::uint32_t>(first_piece(told, one).id - 1));
          }
        const reasoning::Mentions mentions = look.names->mentions_of(name);
        CHECK(std::set<std::uint32_t>(mentions.inputs.begin(), mentions.inputs.end()) == mentioning);
        CHECK(mentions.estimate == Approx(mentioning.size()));
      }
    }
  }
}

TEST_CASE("an input is about what it opens with if that recurs, in whatever script") {
  ToldGraph told;
  const auto dice = told.tell("Demon Dice. Demon Dice is a game by Lester Smith.");
  const auto smith = told.tell("Lester Smith designs games.");
  const auto mountain = told.tell("黄山很高。");
  told.tell("老王上了黄山。");
  const auto nothing = told.tell("unheard of");
  CHECK(names_of(told, dice) == std::vector<reasoning::Units>{told.ids({"demon", "dice"})});
  CHECK(names_of(told, smith) == std::vector<reasoning::Units>{told.ids({"lester", "smith"})});
  CHECK(names_of(told, mountain) == std::vector<reasoning::Units>{told.ids({"黄", "山"})});
  CHECK(names_of(told, nothing).empty());
  told.tell("unheard of");  // a text told again names nothing by that
  CHECK(names_of(told, nothing).empty());
}

TEST_CASE("a name of too many texts links nothing") {
  ToldGraph told;
  for (int i = 0; i < 120; ++i) told.tell("Ann w" + std::to_string(i));
  told.tell("Bob likes Ann");
  told.tell("Bob");
  Looking look(told);
  CHECK(look.names->things_in(told.ids({"ann"})).empty());
  CHECK(look.names->things_in(told.ids({"bob"})).size() == 1);
  CHECK(look.names->things_in(std::vector<concepts::ConceptId>{concepts::kBoundary, *told.graph.find("bob")}).size() ==
        1);
}
