#include "experiments/streams/world_people.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <set>

using namespace noema::experiments;
namespace base = noema::base;

namespace {

World world_of(std::size_t people, std::size_t places, std::uint64_t seed) {
  WorldOptions options;
  options.people = people;
  options.places = places;
  base::Rng rng(seed);
  return make_world(options, rng);
}

/// Grandparents 0 and 1; their children 2 (he), 3 (she), 4 (he), oldest first; 5, married to 3; and 3's children 6
/// (she) and 7 (he).
World family_by_hand() {
  World world;
  world.people.resize(8);
  const auto marry = [&](std::size_t a, std::size_t b) {
    world.people[a].spouse = b;
    world.people[b].spouse = a;
  };
  const auto children = [&](std::size_t father, std::size_t mother, const std::vector<std::size_t>& all) {
    for (const std::size_t child : all) {
      world.people[child].father = father;
      world.people[child].mother = mother;
    }
    world.people[father].children = world.people[mother].children = all;
  };
  for (const std::size_t he : {0, 2, 4, 5, 7}) world.people[he].male = true;
  marry(0, 1);
  children(0, 1, {2, 3, 4});
  marry(3, 5);
  children(5, 3, {6, 7});
  return world;
}

std::vector<std::string> told(const World& world, std::size_t person) {
  std::vector<std::string> all;
  for (const Kinship& kinship : relatives(world, person))
    all.push_back(std::to_string(kinship.relative) + " " + std::string(kinship.relation.en) + " " +
                  std::string(kinship.relation.zh));
  return all;
}

}  // namespace

TEST_CASE("kinship by hand: parents, spouse, children, brothers and sisters by age, grandparents of each side") {
  using Told = std::vector<std::string>;
  const World world = family_by_hand();
  CHECK(told(world, 0) == Told{"1 wife 妻子", "2 son 儿子", "3 daughter 女儿", "4 son 儿子"});
  CHECK(told(world, 3) == Told{"0 father 父亲", "1 mother 母亲", "5 husband 丈夫", "6 daughter 女儿", "7 son 儿子",
                               "2 brother 哥哥", "4 brother 弟弟"});
  CHECK(told(world, 4) == Told{"0 father 父亲", "1 mother 母亲", "2 brother 哥哥", "3 sister 姐姐"});
  CHECK(told(world, 2) == Told{"0 father 父亲", "1 mother 母亲", "3 sister 妹妹", "4 brother 弟弟"});
  // A daughter's children call her parents 外公 and 外婆; her husband brought none.
  CHECK(told(world, 7) ==
        Told{"5 father 父亲", "3 mother 母亲", "6 sister 姐姐", "0 grandfather 外公", "1 grandmother 外婆"});
  CHECK(told(world, 5) == Told{"3 wife 妻子", "6 daughter 女儿", "7 son 儿子"});
}

TEST_CASE("a son's children call his parents 爷爷 and 奶奶, and who has nobody has no relatives") {
  World world = family_by_hand();
  world.people[6].father = 2;
  world.people[6].mother.reset();
  world.people[2].children = {6};
  const auto found = told(world, 6);
  CHECK(std::count(found.begin(), found.end(), "0 grandfather 爷爷") == 1);
  CHECK(std::count(found.begin(), found.end(), "1 grandmother 奶奶") == 1);
  World alone;
  alone.people.resize(1);
  CHECK(relatives(alone, 0).empty());
}

TEST_CASE("a world has the people and places asked for, and the same seed makes the same world") {
  for (const std::size_t people : {std::size_t{8}, std::size_t{9}, std::size_t{60}, std::size_t{400}})
    for (const std::size_t places : {std::size_t{3}, std::size_t{32}}) {
      const World one = world_of(people, places, 5), again = world_of(people, places, 5),
                  other = world_of(people, places, 6);
      CHECK(one.people.size() == people);
      CHECK(one.places.size() == places);
      bool same = true, differs = false;
      for (std::size_t i = 0; i < people; ++i) {
        same = same && one.people[i].en == again.people[i].en && one.people[i].home == again.people[i].home;
        differs = differs || one.people[i].en != other.people[i].en;
      }
      CHECK(same);
      CHECK(differs);
    }
}

TEST_CASE("nobody shares a name with anybody, in either language, were there 400 people") {
  for (const std::uint64_t seed : {1, 2, 3, 4}) {
    const World world = world_of(400, 12, seed);
    std::set<std::string> english, chinese;
    for (const Person& person : world.people) {
      CHECK(english.insert(person.en).second);
      CHECK(chinese.insert(person.zh).second);
    }
  }
}

TEST_CASE("marriages and parenthood agree from both sides, and nobody is their own relative") {
  for (const std::uint64_t seed : {1, 2, 3}) {
    const World world = world_of(120, 12, seed);
    for (std::size_t i = 0; i < world.people.size(); ++i) {
      const Person& person = world.people[i];
      CHECK(person.father.has_value() == person.mother.has_value());
      if (person.spouse) {
        CHECK(world.people[*person.spouse].spouse == i);
        CHECK(world.people[*person.spouse].male != person.male);
        CHECK(world.people[*person.spouse].children == person.children);
      }
      if (person.father) {
        CHECK(world.people[*person.father].male);
        CHECK_FALSE(world.people[*person.mother].male);
        const auto& siblings = world.people[*person.father].children;
        CHECK(std::count(siblings.begin(), siblings.end(), i) == 1);
      }
      CHECK(person.children.size() <= 3);
      for (const std::size_t child : person.children)
        CHECK((world.people[child].father == i || world.people[child].mother == i));
      CHECK(person.home < world.places.size());
      CHECK(person.location == person.home);
      CHECK(person.job < jobs().size());
      CHECK(person.food < foods().size());
      std::set<std::size_t> kin;
      for (const Kinship& kinship : relatives(world, i)) {
        CHECK(kinship.relative != i);
        CHECK(kin.insert(kinship.relative).second);  // nobody is two things to anybody
      }
    }
  }
}

TEST_CASE("whoever is married lives with their spouse") {
  const World world = world_of(120, 12, 3);
  for (const Person& person : world.people)
    if (person.spouse) CHECK(world.people[*person.spouse].home == person.home);
}

TEST_CASE("belongings look different from each other, have owners, and are no more than people") {
  for (const std::size_t people : {std::size_t{8}, std::size_t{400}}) {
    const World world = world_of(people, 5, 3);
    CHECK(world.belongings.size() == std::min(people, things().size() * colours().size()));
    std::set<std::pair<std::size_t, std::size_t>> looks;
    for (const Belonging& belonging : world.belongings) {
      CHECK(looks.insert({belonging.thing, belonging.colour}).second);
      CHECK(belonging.owner < people);
    }
  }
}
