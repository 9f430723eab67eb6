#include "concepts/facts/expectation.h"

#include <catch2/catch.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "base/rng.h"

using namespace noema;
using concepts::facts::Expectation;
using concepts::facts::FactLayer;
using concepts::facts::Word;

namespace {

std::vector<std::string> split(const std::string& text) {
  std::istringstream reading(text);
  std::vector<std::string> words;
  for (std::string word; reading >> word;) words.push_back(word);
  return words;
}

/// A world in which everybody has a place, told in one way, told again in another, and moved in a third that names
/// both.
struct Reading {
  FactLayer layer;
  Expectation expectation;
  std::int64_t told = 0;

  /// Reads the sentence as far as it goes; returns what is expected of `next` then.
  Expectation::Prediction expect(const std::string& begun, const std::string& next) {
    expectation.begin(layer);
    for (const std::string& word : split(begun)) expectation.read(layer, layer.word_of(word));
    return expectation.predict(next.empty() ? Expectation::kEnd : layer.word_of(next));
  }
  void read(const std::string& text) {
    const auto words = split(text);
    layer.learn_words(words);
    expectation.begin(layer);
    for (const std::string& word : words) expectation.read(layer, layer.word_of(word));
    expectation.read(layer, Expectation::kEnd);
    expectation.learn(layer);
    layer.think(layer.learn_words(words), ++told);
  }
};

Reading lived(std::uint64_t seed, std::size_t people) {
  Reading reading;
  base::Rng rng(seed);
  std::vector<std::string> place(people);
  for (std::size_t i = 0; i < 6 * people; ++i) {
    const std::size_t who = i < people ? i : rng.below(people);
    const std::string name = "mek" + std::to_string(who), now = place[who];
    const std::string other = "tol" + std::to_string(rng.below(12));
    if (now.empty()) {
      reading.read(name + " dorv ul " + other + " .");
      place[who] = other;
    } else if (rng.uniform() < 0.3) {
      reading.read(name + " rast " + now + " pa " + other + " .");
      place[who] = other;
    } else {
      reading.read((rng.uniform() < 0.5 ? name + " dorv ul " : name + " ze gesk ") + now + " .");
    }
  }
  reading.read("mek7 dorv ul tolnew .");
  return reading;
}

}  // namespace

TEST_CASE("a fact that was told is expected in whatever words it is told again") {
  Reading reading = lived(1, 60);
  CHECK(reading.expect("mek7 dorv ul", "tolnew").share > 0.5);
  CHECK(reading.expect("mek7 ze gesk", "tolnew").share > 0.5);
  CHECK(reading.expect("mek7 rast", "tolnew").share > 0.5);
  // Nobody moves to where he is.
  CHECK(reading.expect("mek7 rast tolnew pa", "tolnew").share < 0.2);
  // What was never told of anybody is not expected.
  CHECK(reading.expect("mek7 dorv ul", "mek9").share < 0.05);
}

TEST_CASE("constants, and the end, are expected where a template stands") {
  Reading reading = lived(2, 60);
  CHECK(reading.expect("mek3 dorv", "ul").share > 0.9);
  CHECK(reading.expect("mek3 dorv ul tol3", ".").share > 0.9);
  CHECK(reading.expect("mek3 dorv ul tol3 .", "").share > 0.9);
  CHECK(reading.expect("mek3 rast", "ul").share < 0.1);
}

TEST_CASE("a withdrawn fact is not expected") {
  Reading reading = lived(3, 60);
  const double before = reading.expect("mek7 ze gesk", "tolnew").share;
  reading.layer.withdraw(reading.told);
  CHECK(reading.expect("mek7 ze gesk", "tolnew").share < before / 4);
  reading.layer.restore(reading.told);
  CHECK(reading.expect("mek7 ze gesk", "tolnew").share == before);
}

TEST_CASE("a thing of the sentence before is expected") {
  Reading reading;
  base::Rng rng(4);
  for (std::size_t i = 0; i < 200; ++i) {
    const std::string name = "mek" + std::to_string(rng.below(40));
    reading.read(name + " dorv ul tol" + std::to_string(rng.below(9)) + " .");
    reading.read("fi " + name + " gun .");
  }
  reading.read("mek7 dorv ul tol3 .");
  CHECK(reading.expect("fi", "mek7").share > 0.5);
  CHECK(reading.expect("fi", "mek8").share < 0.1);
}

TEST_CASE("which template comes next is expected by the two before") {
  Reading reading;
  base::Rng rng(7);
  const auto tell = [&](bool is_first) {
    const std::string name = "mek" + std::to_string(rng.below(40)), place = "tol" + std::to_string(rng.below(9));
    reading.read(is_first ? name + " dorv ul " + place + " ." : name + " rast pa " + place + " .");
    reading.read("fi " + name + " gun .");
    return name;
  };
  for (std::size_t i = 0; i < 120; ++i) {
    const bool is_first = rng.uniform() < 0.5;
    const std::string name = tell(is_first);
    reading.read(is_first ? "qa " + name + " zed ." : "po lim " + name + " .");
  }
  tell(true);
  CHECK(reading.expect("", "qa").share > 0.8);
  CHECK(reading.expect("", "po").share < 0.1);
  tell(false);
  CHECK(reading.expect("", "po").share > 0.8);
}

TEST_CASE("what stood in a slot after another sentence about the thing is expected there again") {
  Reading reading;
  base::Rng rng(8);
  const auto tell = [&](std::size_t who, bool is_whole) {
    const std::string name = "mek" + std::to_string(who), place = "tol" + std::to_string(rng.below(9));
    reading.read(rng.uniform() < 0.5 ? name + " dorv ul " + place + " ." : name + " rast pa " + place + " .");
    const std::string stands_for_it = std::vector<std::string>{"ze", "zu", "za", "zo"}[who % 4];
    if (is_whole) reading.read(stands_for_it + " hab wim" + std::to_string(rng.below(20)) + " .");
  };
  for (std::size_t i = 0; i < 240; ++i) tell(i < 40 ? i : rng.below(40), true);
  for (std::size_t who = 4; who < 8; ++who) {
    tell(who, false);
    const std::vector<std::string> words{"ze", "zu", "za", "zo"};
    for (std::size_t other = 0; other < 4; ++other) {
      CAPTURE(who, other, reading.expect("", words[other]).share);
      if (other == who % 4)
        CHECK(reading.expect("", words[other]).share > 0.5);
      else
        CHECK(reading.expect("", words[other]).share < 0.2);
    }
  }
}

TEST_CASE("where a slot before has few fillers, what stood beside the same filler is expected") {
  Reading reading;
  base::Rng rng(9);
  for (std::size_t i = 0; i < 300; ++i) {
    const std::size_t kind = rng.below(4);
    reading.read("mek" + std::to_string(rng.below(1000)) + " " +
                 std::vector<std::string>{"ul", "pa", "na", "lo"}[kind] + " tol" +
                 std::to_string(4 * rng.below(8) + kind) + " .");
  }
  double own = 0, others = 0;
  for (std::size_t tol = 0; tol < 32; ++tol)
    (tol % 4 == 1 ? own : others) += reading.expect("mekmek pa", "tol" + std::to_string(tol)).share;
  CHECK(own > 0.8);
  CHECK(others < 0.1);
}

TEST_CASE("shares of all words and the escape sum to one") {
  Reading reading = lived(5, 30);
  for (const std::string begun :
       {"", "mek1", "mek1 dorv", "mek1 dorv ul", "mek1 rast tol3 pa", "nobody ever", "mek1 dorv ul tol3 ."}) {
    double sum = reading.expect(begun, "").share + reading.expect(begun, "").escape;
    for (Word word = 0; reading.layer.text_of(word) != "tolnew"; ++word)
      sum += reading.expect(begun, reading.layer.text_of(word)).share;
    sum += reading.expect(begun, "tolnew").share;
    CAPTURE(begun);
    CHECK(sum == Approx(1));
  }
}

TEST_CASE("what was learned goes on after it was saved") {
  Reading reading = lived(6, 60), other;
  other.layer = FactLayer::load(reading.layer.save());
  const double unlearned = other.expect("mek7 rast", "tolnew").share;
  other.expectation.load(reading.expectation.save());
  CHECK(other.expectation.save() == reading.expectation.save());
  CHECK(other.expect("mek7 rast", "tolnew").share > unlearned);
  other.expectation.load({{"ways", 5}});
  CHECK(other.expectation.save() == reading.expectation.save());
  // A form that is none, as the state of a damaged life may have it.
  nlohmann::json damaged = reading.expectation.save();
  damaged["context"][0][0] = 1'000'000;
  other.expectation.load(damaged);
  other.expect("mek7 rast", "tolnew");
  other.expectation.load(reading.expectation.save());
}

TEST_CASE(
    "a state from before there were longer contexts keeps what it learned, and counts that are none are ignored") {
  Reading reading = lived(6, 60), other;
  other.layer = FactLayer::load(reading.layer.save());
  nlohmann::json old = reading.expectation.save();
  const auto form = old.at("context").at(0).at(0);
  old.erase("followers");
  old["followed"] = {{form, form, 50.0}, {form, 1, 0.0}, {form, 2, -3.0}};
  other.expectation.load(old);
  CHECK(other.expectation.save().at("ways") == old.at("ways"));
  CHECK(other.expectation.save().at("followers").size() == 1);
  CHECK(other.expect("mek7 rast", "tolnew").share > 0.1);
}
