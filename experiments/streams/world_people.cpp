#include "experiments/streams/world_people.h"

#include <algorithm>
#include <set>

#include "base/error.h"

namespace noema::experiments {
namespace {

template <typename T>
const T& pick(std::span<const T> items, base::Rng& rng) {
  return items[rng.below(items.size())];
}

/// Hands out names, each once: Western given names for every other family while they last, else Chinese full names.
class NameGiver {
 public:
  explicit NameGiver(base::Rng& rng)
      : rng_(rng),
        female_(female_names().begin(), female_names().end()),
        male_(male_names().begin(), male_names().end()) {
    base::shuffle(female_, rng);
    base::shuffle(male_, rng);
  }

  void begin_family() {
    western_ = !western_;
    surname_ = pick(surnames(), rng_);
  }

  /// `married_in`: brings the surname of another family.
  void name(Person& person, bool married_in) {
    auto& western = person.male ? male_ : female_;
    if (western_ && !western.empty()) {
      person.en = western.back().en;
      person.zh = western.back().zh;
      western.pop_back();
      return;
    }
    bool first = true;
    do {
      const Word surname = first && !married_in ? surname_ : pick(surnames(), rng_);
      const Word given = pick(person.male ? male_given_names() : female_given_names(), rng_);
      person.en = std::string(surname.en) + " " + std::string(given.en);
      person.zh = std::string(surname.zh) + std::string(given.zh);
      if (++tries_ % 8 == 0) first = false;  // a surname may have run out of given names
    } while (!taken_.insert(person.en).second);
  }

 private:
  base::Rng& rng_;
  std::vector<Word> female_;
  std::vector<Word> male_;
  std::set<std::string> taken_;
  Word surname_;
  bool western_ = false;
  std::size_t tries_ = 0;
};

class WorldMaker {
 public:
  WorldMaker(const WorldOptions& options, base::Rng& rng) : options_(options), rng_(rng), names_(rng) {}

  World make() {
    world_.places.assign(place_names().begin(), place_names().begin() + static_cast<std::ptrdiff_t>(options_.places));
    while (!full()) add_family();
    add_belongings();
    return std::move(world_);
  }

 private:
  bool full() const { return world_.people.size() >= options_.people; }

  std::size_t add_person(bool male, std::size_t home, bool married_in) {
    Person person;
    person.male = male;
    names_.name(person, married_in);
    person.home = person.location = home;
    person.job = rng_.below(jobs().size());
    person.food = rng_.below(foods().size());
    world_.people.push_back(std::move(person));
    return world_.people.size() - 1;
  }

  void marry(std::size_t a, std::size_t b) {
    world_.people[a].spouse = b;
    world_.people[b].spouse = a;
  }

  std::vector<std::size_t> add_children(std::size_t father, std::size_t mother, std::size_t home) {
    std::vector<std::size_t> children;
    const std::size_t number = 1 + rng_.below(3);
    while (children.size() < number && !full()) {
      const std::size_t child = add_person(rng_.below(2) == 0, home, false);
      world_.people[child].father = father;
      world_.people[child].mother = mother;
      children.push_back(child);
    }
    world_.people[father].children = children;
    world_.people[mother].children = children;
    return children;
  }

  void add_family() {
    names_.begin_family();
    const std::size_t old_home = rng_.below(options_.places);
    const std::size_t grandfather = add_person(true, old_home, false);
    if (full()) return;
    const std::size_t grandmother = add_person(false, old_home, true);
    marry(grandfather, grandmother);
    const auto middle = add_children(grandfather, grandmother, old_home);
    if (middle.empty() || full()) return;
    const std::size_t new_home = rng_.below(options_.places);
    const std::size_t parent = middle.front();
    world_.people[parent].home = world_.people[parent].location = new_home;
    const std::size_t other = add_person(!world_.people[parent].male, new_home, true);
    marry(parent, other);
    const bool male = world_.people[parent].male;
    add_children(male ? parent : other, male ? other : parent, new_home);
  }

  /// No two belongings look alike, so that "the red cup" is one cup.
  void add_belongings() {
    std::vector<Belonging> all;
    for (std::size_t thing = 0; thing < things().size(); ++thing) {
      for (std::size_t colour = 0; colour < colours().size(); ++colour) all.push_back({thing, colour, 0});
    }
    base::shuffle(all, rng_);
    all.resize(std::min(all.size(), world_.people.size()));
    for (Belonging& belonging : all) belonging.owner = rng_.below(world_.people.size());
    world_.belongings = std::move(all);
  }

  const WorldOptions& options_;
  base::Rng& rng_;
  NameGiver names_;
  World world_;
};

}  // namespace

World make_world(const WorldOptions& options, base::Rng& rng) { return WorldMaker(options, rng).make(); }

std::vector<Kinship> relatives(const World& world, std::size_t index) {
  const Person& person = world.people[index];
  const auto male = [&world](std::size_t i) { return world.people[i].male; };
  std::vector<Kinship> result;
  const auto parents_of = [&](const Person& child, const Word& him, const Word& her) {
    if (child.father) result.push_back({*child.father, him});
    if (child.mother) result.push_back({*child.mother, her});
  };
  parents_of(person, {"father", "父亲"}, {"mother", "母亲"});
  if (person.spouse) {
    result.push_back({*person.spouse, male(*person.spouse) ? Word{"husband", "丈夫"} : Word{"wife", "妻子"}});
  }
  for (const std::size_t child : person.children) {
    result.push_back({child, male(child) ? Word{"son", "儿子"} : Word{"daughter", "女儿"}});
  }
  if (person.father) {
    const auto& siblings = world.people[*person.father].children;
    bool older = true;
    for (const std::size_t sibling : siblings) {
      if (sibling == index) {
        older = false;
      } else if (male(sibling)) {
        result.push_back({sibling, {"brother", older ? "哥哥" : "弟弟"}});
      } else {
        result.push_back({sibling, {"sister", older ? "姐姐" : "妹妹"}});
      }
    }
    parents_of(world.people[*person.father], {"grandfather", "爷爷"}, {"grandmother", "奶奶"});
  }
  if (person.mother) parents_of(world.people[*person.mother], {"grandfather", "外公"}, {"grandmother", "外婆"});
  return result;
}

}  // namespace noema::experiments
