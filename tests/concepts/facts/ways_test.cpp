#include "concepts/facts/ways.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <set>

#include "tests/concepts/facts/invented_world.h"

using namespace noema::concepts::facts;

namespace {

// Who goes where, who takes what, and one that says nothing of anybody. Words are numbers.
const Words kGoes{kSlot, 10, 11, kSlot, kStop};
const Words kTakes{kSlot, 12, 13, kSlot, kStop};
const Words kLies{kSlot, 14, kSlot, kStop};
const Words kAnn{100}, kBob{101}, kHall{200}, kYard{201}, kBall{300}, kCup{301};
constexpr Key kWhere = 7;

struct Story {
  Told told;
  std::vector<std::uint32_t> scene;

  Story() {
    // Enough of each kind for templates, in an episode of its own.
    for (Word i = 0; i < 12; ++i)
      for (const Words* pattern : {&kGoes, &kTakes, &kLies}) {
        const std::vector<Words> fillers{{static_cast<Word>(400 + i)}, {static_cast<Word>(500 + i % 5)}};
        told.tell(fill(*pattern, fillers), static_cast<std::int64_t>(told.sentences().size()));
      }
    for (const Words* pattern : {&kGoes, &kTakes, &kLies}) told.propose(*pattern, -1e6);
  }
  void tell(const Words& pattern, const Words& first, const Words& second) {
    scene.push_back(told.tell(fill(pattern, {first, second}), static_cast<std::int64_t>(told.sentences().size())));
  }
  std::vector<Way> ways(const std::vector<Words>& names, Key form = kWhere) const {
    return ways_to_answer(told, described(told, scene), {form, names});
  }
  Words read(const Way& way) const { return told.words_of(way.value); }
  /// What the ways that go over so many sentences read, each once.
  std::set<Words> reads(const std::vector<Way>& ways, std::size_t sentences) const {
    std::set<Words> found;
    for (const Way& way : ways)
      if (way.reads && way.path.size() == sentences) found.insert(read(way));
    return found;
  }
};

}  // namespace

TEST_CASE("a way of one sentence reads what is said of the name, the newest sentence first") {
  Story story;
  story.tell(kGoes, kAnn, kYard);
  story.tell(kGoes, kBob, kYard);
  story.tell(kGoes, kAnn, kHall);
  const auto ways = story.ways({kAnn});
  const auto first = std::find_if(ways.begin(), ways.end(), [](const Way& way) { return way.reads; });
  REQUIRE(first != ways.end());
  CHECK(story.read(*first) == kHall);
  CHECK(first->path == std::vector<std::uint32_t>{story.scene[2]});
  CHECK(story.reads(ways, 1) ==
        std::set<Words>{kHall});  // the older sentence has the same role, and a way is given once
}

TEST_CASE("a way of two sentences goes on from what it read") {
  Story story;
  story.tell(kTakes, kAnn, kBall);
  story.tell(kGoes, kAnn, kHall);
  CHECK(story.reads(story.ways({kBall}), 1) == std::set<Words>{kAnn});
  CHECK(story.reads(story.ways({kBall}), 2).contains(kHall));
}

TEST_CASE("a third sentence is looked for in short scenes only") {
  Story story;
  story.tell(kTakes, kAnn, kBall);
  story.tell(kGoes, kAnn, kHall);
  story.tell(kLies, kHall, kYard);
  CHECK(story.reads(story.ways({kBall}), 3).contains(kYard));
  for (int i = 0; i < 20; ++i) story.tell(kGoes, kBob, {static_cast<Word>(500 + i % 5)});
  CHECK(story.reads(story.ways({kBall}), 3).empty());
  CHECK(story.reads(story.ways({kBall}), 2).contains(kHall));
}

TEST_CASE("a name that no sentence holds has signs alone") {
  Story story;
  story.tell(kGoes, kAnn, kHall);
  const auto ways = story.ways({kCup});
  CHECK_FALSE(ways.empty());
  for (const Way& way : ways) CHECK_FALSE(way.reads);
}

TEST_CASE("keys are named by forms and roles, so that another story with other names shares the general ones") {
  Story one, other;
  one.tell(kTakes, kAnn, kBall);
  one.tell(kGoes, kAnn, kHall);
  other.tell(kTakes, kBob, kCup);
  other.tell(kGoes, kBob, kYard);
  const auto of_one = one.ways({kBall}), of_other = other.ways({kCup});
  REQUIRE(of_one.size() == of_other.size());
  const auto reads_of = [](const std::vector<Way>& ways) {
    std::set<Key> keys;
    for (const Way& way : ways)
      if (way.reads) keys.insert(way.keys[1]);
    return keys;
  };
  CHECK(reads_of(of_one) == reads_of(of_other));
  CHECK(reads_of(of_one) != reads_of(one.ways({kBall}, kWhere + 1)));
}

TEST_CASE("what comes after a sentence is a more general key than what else stands beside") {
  const auto key_of = [](const Words& taker, const Words& next, std::size_t level) {
    Story story;
    story.tell(kTakes, taker, kBall);
    story.tell(next, kHall, kYard);
    for (const Way& way : story.ways({kBall}))
      if (way.reads && way.path.size() == 1 && way.place.slot == 0) return way.keys.at(level);
    return Key{0};
  };
  CHECK(key_of(kAnn, kGoes, 2) == key_of(kBob, kGoes, 2));
  CHECK(key_of(kAnn, kGoes, 2) != key_of(kAnn, kLies, 2));
}

TEST_CASE("ways do not go over sentences outside of the scene, nor over more than the newest of a long one") {
  Story story;
  CHECK(story.reads(story.ways({{400}}), 1).empty());  // told, but in no sentence of the scene
  story.tell(kGoes, kAnn, kHall);
  for (std::size_t i = 0; i < kMostOfScene; ++i) story.tell(kGoes, kBob, kYard);
  CHECK(story.reads(story.ways({kAnn}), 1).empty());
}

TEST_CASE("each way has one to four keys, from the most general on, and a place inside its path") {
  Story story;
  story.tell(kTakes, kAnn, kBall);
  story.tell(kGoes, kAnn, kHall);
  story.tell(kGoes, kBob, kHall);
  for (const Way& way : story.ways({kAnn, kBall})) {
    CHECK(way.levels >= 1);
    CHECK(way.levels <= Way::kMostKeys);
    if (way.reads) CHECK(std::count(way.path.begin(), way.path.end(), way.place.sentence) == 1);
  }
}

TEST_CASE("a way goes over a filler that holds the name and other words") {
  Story story;
  story.tell(kTakes, kAnn, {kBall[0], 15});  // "Ann takes the ball there"
  story.tell(kGoes, kAnn, kHall);
  CHECK(story.reads(story.ways({kBall}), 1).contains(kAnn));
  CHECK(story.reads(story.ways({kBall}), 2).contains(kHall));
}

TEST_CASE("a sentence is read as each template describes it, so that a constant of one is a filler of another") {
  Story story;
  const Words ann_goes{kAnn[0], 10, 11, kSlot, kStop};
  story.tell(kGoes, kAnn, kHall);
  CHECK(story.told.propose(ann_goes, -1e6));
  story.tell(kGoes, kAnn, kYard);
  REQUIRE(story.told.sentences()[story.scene[1]].fillers.size() == 1);
  CHECK(story.told.descriptions(story.scene[1]).size() == 2);
  CHECK(story.reads(story.ways({kYard}), 1).contains(kAnn));
}
