#pragma once
// Who lives in the generated world: families with consistent kinship, homes, jobs and belongings.

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "base/rng.h"
#include "experiments/streams/world.h"
#include "experiments/streams/world_words.h"

namespace noema::experiments {

struct Person {
  std::string en;
  std::string zh;
  bool male = false;
  std::optional<std::size_t> father;
  std::optional<std::size_t> mother;
  std::optional<std::size_t> spouse;
  std::vector<std::size_t> children;  ///< oldest first
  std::size_t home = 0;               ///< index into places
  std::size_t location = 0;           ///< where the person is now
  std::size_t job = 0;
  std::size_t food = 0;
};

struct Belonging {
  std::size_t thing = 0;
  std::size_t colour = 0;
  std::size_t owner = 0;
};

/// The state of the world; episodes tell it and change it.
struct World {
  std::vector<Person> people;
  std::vector<Word> places;
  std::vector<Belonging> belongings;
};

/// options.people people in families of three generations (the last family may be smaller).
World make_world(const WorldOptions& options, base::Rng& rng);

/// How two people are related, in both languages: {"mother", "母亲"}.
struct Kinship {
  std::size_t relative = 0;
  Word relation;
};

/// Parents, spouse, children, brothers and sisters, grandparents of a person, in that order.
std::vector<Kinship> relatives(const World& world, std::size_t person);

}  // namespace noema::experiments
