#include "concepts/facts/identity.h"

#include <catch2/catch.hpp>
#include <set>

#include "base/rng.h"

using namespace noema::concepts::facts;
using noema::base::Rng;

namespace {

constexpr Word kFirstName = 1000, kFirstHome = 5000, kFirstTool = 9000;

/// People who have a home and a tool of their own, told in two ways each. Every third has a second name, which is told
/// in one sentence with the first; every other third has a namesake, who is said to be another person.
struct Village {
  Told told;
  std::set<std::pair<Word, Word>> one, two;

  explicit Village(std::uint64_t seed, int people) {
    Rng rng(seed);
    std::vector<Words> sentences;
    for (int person = 0; person < people; ++person) {
      const Word name = kFirstName + 2 * person, other = name + 1;
      live(sentences, name, person);
      if (person % 3 == 0) {
        live(sentences, other, person);
        sentences.push_back({20, name, 21, other, 22});
        one.insert({name, other});
      } else if (person % 3 == 1) {
        live(sentences, other, person + people);
        sentences.push_back({30, name, 31, other, 32});
        two.insert({name, other});
      }
    }
    noema::base::shuffle(sentences, rng);
    for (std::size_t i = 0; i < sentences.size(); ++i) told.tell(sentences[i], static_cast<std::int64_t>(i));
    for (const Words& pattern :
         {Words{kSlot, 1, 2, kSlot, 3}, Words{4, kSlot, 5, kSlot, 3}, Words{kSlot, 6, 7, kSlot, 3},
          Words{20, kSlot, 21, kSlot, 22}, Words{30, kSlot, 31, kSlot, 32}})
      REQUIRE(told.propose(pattern, 0));
  }

  std::set<std::pair<Word, Word>> found(bool alike_by_number = false) const {
    std::set<std::pair<Word, Word>> pairs;
    const auto alike = [&](Thing a, Thing b) {
      return alike_by_number && told.words_of(a)[0] / 2 == told.words_of(b)[0] / 2;
    };
    for (const Identity& identity : find_identities(told, alike, 4)) {
      const Word a = told.words_of(identity.a)[0], b = told.words_of(identity.b)[0];
      CHECK(identity.bits > 4);
      CHECK_FALSE(identity.evidence.empty());
      pairs.insert({std::min(a, b), std::max(a, b)});
    }
    return pairs;
  }

 private:
  static void live(std::vector<Words>& sentences, Word name, int life) {
    sentences.push_back({name, 1, 2, kFirstHome + life, 3});
    sentences.push_back({4, kFirstHome + life, 5, name, 3});
    sentences.push_back({name, 6, 7, kFirstTool + life, 3});
  }
};

}  // namespace

TEST_CASE("two names of whom the same is told are one, and namesakes are two") {
  for (std::uint64_t seed = 1; seed < 4; ++seed) {
    const Village village(seed, 60);
    CHECK(village.found() == village.one);
    CHECK(village.found(true) == village.one);
  }
}

TEST_CASE("nothing is one where nothing is shared, or nothing was told") {
  CHECK(find_identities(
            Told(), [](Thing, Thing) { return true; }, 4)
            .empty());
  Told told;
  for (Word i = 0; i < 20; ++i) told.tell({kFirstName + i, 1, 2, kFirstHome + i, 3}, i);
  REQUIRE(told.propose({kSlot, 1, 2, kSlot, 3}, 0));
  CHECK(find_identities(
            told, [](Thing, Thing) { return true; }, 4)
            .empty());
}

TEST_CASE("kinds of thing that are told of the same things are not one: who is her mother is not who is her father") {
  for (const Word children : {6, 20, 200}) {
    Told told;
    const Word mother = 50, father = 51;
    for (Word child = 0; child < children; ++child)
      for (const Word kind : {mother, father})
        told.tell({kFirstName + 3 * child + (kind - mother), 40, kind, 41, kFirstHome + child, 42},
                  told.sentences().size());
    REQUIRE(told.propose({kSlot, 40, kSlot, 41, kSlot, 42}, 0));
    CHECK(find_identities(
              told, [](Thing, Thing) { return false; }, 4)
              .empty());
  }
}
