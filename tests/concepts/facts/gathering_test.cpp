#include "concepts/facts/gathering.h"

#include <algorithm>
#include <catch2/catch.hpp>

#include "base/rng.h"

using namespace noema::concepts::facts;

namespace {

constexpr Word kTakes = 1, kDrops = 2, kAnd = 3, kNone = 4, kHere = 5, kStop = 6;
constexpr Word kPeople = 100, kThings = 200;
constexpr Key kHolds = 9;

/// Scenes in which people take and drop things. Some takings end in a word that no template has: "Ann takes cup here".
struct Play {
  Told told;
  std::vector<std::uint32_t> sentences;
  std::vector<std::pair<Word, Word>> held;  ///< person and thing, in the order of taking

  Play() {
    for (Word i = 0; i < 8; ++i)
      for (const Word verb : {kTakes, kDrops})
        told.tell({kPeople + i % 4, verb, kThings + i, kStop}, static_cast<std::int64_t>(told.sentences().size()));
    told.propose({kSlot, kTakes, kSlot, kStop}, -1e6);
    told.propose({kSlot, kDrops, kSlot, kStop}, -1e6);
  }
  void tell(Words words) {
    sentences.push_back(told.tell(std::move(words), static_cast<std::int64_t>(told.sentences().size())));
  }
  void take(Word person, Word thing, bool says_here) {
    tell(says_here ? Words{person, kTakes, thing, kHere, kStop} : Words{person, kTakes, thing, kStop});
    held.emplace_back(person, thing);
  }
  void drop(std::size_t number) {
    tell({held[number].first, kDrops, held[number].second, kStop});
    held.erase(held.begin() + static_cast<std::ptrdiff_t>(number));
  }
  void play(noema::base::Rng& rng, std::size_t steps) {
    sentences.clear();
    held.clear();
    for (std::size_t i = 0; i < steps; ++i) {
      const Word thing = kThings + static_cast<Word>(rng.below(8));
      const auto known = std::find_if(held.begin(), held.end(), [&](const auto& one) { return one.second == thing; });
      if (known != held.end())
        drop(static_cast<std::size_t>(known - held.begin()));
      else
        take(kPeople + static_cast<Word>(rng.below(2)), thing, rng.below(2) == 0);
    }
  }
  std::vector<Candidate> candidates(Word person) const {
    return things_beside(told, described(told, sentences), {kHolds, {{person}}});
  }
  /// What the person holds, as a list; a word for nothing.
  Words holds(Word person) const {
    Words list;
    for (const auto& [who, thing] : held) {
      if (who != person) continue;
      if (!list.empty()) list.push_back(kAnd);
      list.push_back(thing);
    }
    return list.empty() ? Words{kNone} : list;
  }
};

}  // namespace

TEST_CASE("things are beside a name once each, with their newest and their oldest sentence, also inside fillers") {
  Play scene;
  scene.take(kPeople, kThings, true);
  scene.take(kPeople + 1, kThings + 1, false);
  scene.drop(0);
  const auto found = scene.candidates(kPeople);
  const auto cup = std::find_if(found.begin(), found.end(),
                                [&](const Candidate& one) { return scene.told.words_of(one.thing) == Words{kThings}; });
  REQUIRE(cup != found.end());
  CHECK(cup->place.sentence == scene.sentences[2]);
  CHECK(cup->since == scene.sentences[0]);
  CHECK(std::none_of(found.begin(), found.end(),
                     [&](const Candidate& one) { return scene.told.words_of(one.thing) == Words{kThings + 1}; }));
}

TEST_CASE(
    "lists are learned: which things belong to them, in which order, what joins them, and what is said for none") {
  Play scene;
  Gathering gathering;
  noema::base::Rng rng(3);
  CHECK_FALSE(gathering.gather(scene.told, {}));  // nothing was taught
  std::size_t right = 0, asked = 0, lists = 0;
  for (int round = 0; round < 400; ++round) {
    scene.play(rng, 8);
    const auto candidates = scene.candidates(kPeople);
    const Words answer = scene.holds(kPeople);
    if (round < 300) {
      gathering.learn(scene.told, candidates, answer, 1000 + round);
      continue;
    }
    const auto list = gathering.gather(scene.told, candidates);
    REQUIRE(list);
    ++asked;
    right += list->words == answer;
    lists += list->parts.size() > 1;
    CHECK(list->parts.empty() == list->taught_by.has_value());
  }
  CHECK(right == asked);
  CHECK(lists > 20);
  REQUIRE(gathering.joint());
  CHECK(gathering.joint()->words == Words{kAnd});
}

TEST_CASE("without a taught answer of several parts there are no lists") {
  Play scene;
  Gathering gathering;
  scene.take(kPeople, kThings, false);
  for (int i = 0; i < 9; ++i) gathering.learn(scene.told, scene.candidates(kPeople), {kThings}, i);
  CHECK_FALSE(gathering.gather(scene.told, scene.candidates(kPeople)));
}
