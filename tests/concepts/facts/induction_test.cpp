#include "concepts/facts/induction.h"

#include <catch2/catch.hpp>
#include <set>

#include "base/error.h"
#include "tests/concepts/facts/damage.h"
#include "tests/concepts/facts/invented_world.h"

using namespace noema::concepts::facts;
using nlohmann::json;
using noema::base::Rng;

namespace {

std::vector<Words> three_hundred(std::uint64_t seed) {
  Rng rng(seed);
  auto sentences = tellings(rng, 100, 1, false);
  REQUIRE(sentences.size() == 300);
  return sentences;
}

void tell(Told& told, Induction& induction, const Words& sentence) {
  const std::uint32_t number = told.tell(sentence, static_cast<std::int64_t>(told.sentences().size()));
  induction.consider(told, number);
}

std::set<Words> used_patterns(const Told& told) {
  std::set<Words> patterns;
  for (const TemplateId id : told.used()) patterns.insert(told.form(id).pattern);
  return patterns;
}

}  // namespace

TEST_CASE("the three relations with three templates each of an invented world are found from 300 sentences") {
  std::set<Words> generated;
  for (int relation = 0; relation < 3; ++relation)
    for (int way = 0; way < 3; ++way) generated.insert(ways_of(relation)[way].pattern);
  for (std::uint64_t seed = 1; seed < 6; ++seed) {
    Told told;
    Induction induction;
    for (const Words& sentence : three_hundred(seed)) tell(told, induction, sentence);
    told.forget_superfluous();  // the next review: nothing is left that describes no sentence
    CHECK(used_patterns(told) == generated);
    CHECK(induction.tried() >= 9);
  }
}

TEST_CASE("a sentence is considered once, in order, after it was told") {
  Told told;
  Induction induction;
  CHECK_THROWS_AS(induction.consider(told, 0), noema::base::Bug);
  told.tell({1, 2, 3}, 0);
  told.tell({1, 2, 4}, 1);
  CHECK_THROWS_AS(induction.consider(told, 1), noema::base::Bug);
  induction.consider(told, 0);
  CHECK_THROWS_AS(induction.consider(told, 0), noema::base::Bug);
  induction.consider(told, 1);
  CHECK_THROWS_AS(induction.consider(told, 2), noema::base::Bug);
}

TEST_CASE("saving and loading anywhere gives what an uninterrupted run gives") {
  const auto sentences = three_hundred(7);
  Told told;
  Induction induction;
  for (const Words& sentence : sentences) tell(told, induction, sentence);
  for (const std::size_t stop : {0, 1, 17, 150, 255, 256, 299}) {
    Told first;
    Induction first_induction;
    for (std::size_t i = 0; i < stop; ++i) tell(first, first_induction, sentences[i]);
    Told second = Told::load(json::parse(first.save().dump()));
    Induction second_induction = Induction::load(json::parse(first_induction.save().dump()));
    for (std::size_t i = stop; i < sentences.size(); ++i) tell(second, second_induction, sentences[i]);
    CHECK(second.save() == told.save());
    CHECK(second_induction.save() == induction.save());
  }
}

TEST_CASE("a slot whose fillers are a product becomes two, in all templates that share them") {
  // Four people, four verbs of one or two words, two frames: neither people nor verbs are known beforehand.
  Rng rng(5);
  Told told;
  Induction induction;
  const std::vector<Words> verbs{{20}, {21}, {22, 23}, {24}};
  for (int i = 0; i < 256; ++i) {
    Words sentence{static_cast<Word>(10 + rng.below(4))};
    const Words& verb = verbs[rng.below(verbs.size())];
    sentence.insert(sentence.end(), verb.begin(), verb.end());
    const auto frame = static_cast<Word>(30 + 2 * rng.below(2));
    for (const Word word : {frame, frame + 1, static_cast<Word>(40 + rng.below(8)), Word{1}}) sentence.push_back(word);
    tell(told, induction, sentence);
  }
  told.forget_superfluous();
  CHECK(used_patterns(told) == std::set<Words>{{kSlot, kSlot, 30, 31, kSlot, 1}, {kSlot, kSlot, 32, 33, kSlot, 1}});
}

TEST_CASE("names of two words that are no product stay one filler") {
  Rng rng(6);
  Told told;
  Induction induction;
  for (int i = 0; i < 256; ++i) {
    const auto name = static_cast<Word>(100 + 2 * rng.below(60));
    tell(told, induction, {name, name + 1, 30, 31, static_cast<Word>(40 + rng.below(8)), 1});
  }
  told.forget_superfluous();
  CHECK(used_patterns(told) == std::set<Words>{{kSlot, 30, 31, kSlot, 1}});
}

TEST_CASE("a sentence of more than forty words is told, and no pattern is looked for in it") {
  Told told;
  Induction induction;
  for (int i = 0; i < 20; ++i) {
    Words sentence(41, 3);
    sentence[7] = 100 + i;
    tell(told, induction, sentence);
  }
  CHECK(induction.tried() == 0);
  CHECK(told.used().empty());
}

TEST_CASE("a state of finding templates that no saving wrote is refused") {
  Told told;
  Induction induction;
  for (const Words& sentence : three_hundred(8)) tell(told, induction, sentence);
  const json good = induction.save();
  REQUIRE_NOTHROW(Induction::load(good));
  const auto refused = [&](const std::string& place, const json& value) {
    json bad = good;
    bad[json::json_pointer(place)] = value;
    INFO(place << " " << value);
    CHECK_THROWS_AS(Induction::load(bad), noema::base::Error);
  };
  refused("/considered", -1);
  refused("/considered", 10);  // fewer than the sentences that it remembers
  refused("/tried", "many");
  refused("/patterns/0/0", {-2});
  refused("/patterns/0/1", 0);
  refused("/patterns/0/1", 4294967296);
  refused("/patterns/1", good["patterns"][0]);
  refused("/recent/0/0", -1);
  refused("/recent/0/1", 301);
  refused("/recent/0/1", 0);
  refused("/recent/0/2", good["recent"][0][1]);
  refused("/recent/1", good["recent"][0]);
  refused("/recent", 5);
  CHECK_THROWS_AS(Induction::load(nullptr), noema::base::Error);
}

TEST_CASE("a damaged state of finding templates is refused with an error, or else can be worked with") {
  const auto sentences = three_hundred(9);
  Told told;
  Induction induction;
  for (std::size_t i = 0; i < 40; ++i) tell(told, induction, sentences[i]);
  const json good = induction.save();
  const json facts = told.save();
  Rng rng(10);
  std::size_t refused = 0;
  for (int trial = 0; trial < 400; ++trial) {
    json state = good;
    damage(state, rng);
    try {
      Induction damaged = Induction::load(state);
      if (damaged.save().at("considered") != 40) continue;
      Told copy = Told::load(facts);
      for (std::size_t i = 40; i < 50; ++i) tell(copy, damaged, sentences[i]);
    } catch (const noema::base::Error&) {
      ++refused;
    }
  }
  CHECK(refused > 200);
}
