#pragma once
// Tells the generated world, episode by episode, and changes it as it goes: people travel and move, things change
// owners.

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/rng.h"
#include "experiments/streams/world_people.h"

namespace noema::experiments {

class Teller {
 public:
  /// Borrows all three. Lines are appended to `told`.
  Teller(World& world, base::Rng& rng, std::vector<ToldLine>& told) : world_(world), rng_(rng), told_(told) {}

  /// One episode of at most seven lines on one topic, in Chinese with probability `chinese_share`. Of someone without
  /// relatives there is nothing to tell: none.
  void episode(double chinese_share);

 private:
  using Phrasings = std::initializer_list<std::string_view>;
  using Slots = std::vector<std::pair<std::string_view, std::string>>;
  struct Fact {
    std::string subject, relation, object;
  };

  void say(Phrasings english, Phrasings chinese, const Slots& slots, const Fact& fact = {});
  bool chance(double probability) { return rng_.uniform() < probability; }
  std::size_t someone() { return rng_.below(world_.people.size()); }
  std::size_t someone_else(std::size_t person);
  std::size_t somewhere_else(std::size_t place);
  std::string word(const Word& word) const { return std::string(chinese_ ? word.zh : word.en); }
  std::string name(std::size_t person) const;
  std::string place(std::size_t place) const { return word(world_.places[place]); }
  std::string pronoun(std::size_t person) const;
  std::string looks(const Belonging& belonging, bool article) const;
  std::string english_name(std::size_t person) const { return world_.people[person].en; }

  void family();
  void tell_relative(std::size_t person, const Kinship& kinship);
  void home();
  void journey();
  void arrive(std::size_t person, std::size_t to, bool moves);
  void belongings();
  void give(std::size_t belonging);
  void scene();
  void royal();
  void kinds();
  void senses();
  void weather();

  World& world_;
  base::Rng& rng_;
  std::vector<ToldLine>& told_;
  bool chinese_ = false;
};

}  // namespace noema::experiments
