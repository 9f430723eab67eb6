#pragma once
// Lives that were told an invented world, and were taught how to ask about it.

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/rng.h"
#include "reasoning/taught.h"
#include "tests/reasoning/lives.h"

namespace noema::tests {

/// Invented names in a world of two relations: each is told in two ways, and the first changes by a third way.
struct ToldWorld {
  std::vector<reasoning::Input> inputs;
  std::map<std::string, std::string> place, keeper;  ///< by name, the latest

  explicit ToldWorld(std::uint64_t seed, std::size_t count) : rng(seed) {
    for (std::size_t i = 0; i < 12; ++i) places.push_back("tol" + word());
    for (std::size_t i = 0; i < count; ++i) {
      const std::string name = "mek" + word();
      const std::string where = places[rng.below(places.size())];
      tell((rng.uniform() < 0.5 ? name + " dorv ul " + where : "ul " + where + " gesk " + name) + " .");
      place[name] = where;
      names.push_back(name);
      if (i % 2 == 0) {
        const std::string other = names[rng.below(names.size())];
        tell((rng.uniform() < 0.5 ? other + " hib " + name : name + " zul hib na " + other) + " .");
        keeper[name] = other;
      }
      if (i % 3 == 0) {
        const std::string moved = names[rng.below(names.size())];
        std::string next = place[moved];
        while (next == place[moved]) next = places[rng.below(places.size())];
        tell(moved + " rast " + next + " .");
        place[moved] = next;
      }
    }
  }

  /// Questions about the first so many names, with their answers.
  void teach(std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
      const std::string& name = names[i * 7 % names.size()];
      question("qo dorv " + name + " ?", place[name]);
      if (keeper.contains(name)) {
        question("wem hib " + name + " ?", keeper[name]);
        question("qo dorv li hib na " + name + " ?", place[keeper[name]]);
      } else {
        question("wem hib " + name + " ?", std::nullopt);
      }
    }
  }

  std::vector<std::string> names, places;

 private:
  void tell(const std::string& text) {
    inputs.push_back({});
    inputs.back().text = text;
  }
  void question(const std::string& text, std::optional<std::string> answer) {
    tell(text);
    inputs.back().kind = reasoning::kTaught;
    inputs.back().answer = std::move(answer);
    inputs.back().source = "lessons";
  }
  std::string word() {
    std::string text;
    for (int i = 0; i < 3; ++i) text += std::string(1, "bdfgklmnprstv"[rng.below(13)]) + "aeiou"[rng.below(5)];
    return text;
  }
  base::Rng rng;
};

inline void perceive_all(reasoning::Mind& mind, const std::vector<reasoning::Input>& inputs, std::size_t begin = 0,
                         std::size_t end = std::string::npos) {
  for (std::size_t i = begin; i < std::min(end, inputs.size()); ++i) mind.perceive(inputs[i]);
  mind.commit();
}

/// A life that was told a world, was taught how to ask about it, and thought about both.
struct Knowing {
  explicit Knowing(std::uint64_t seed) : world(seed, 240), mind(new_life(folder.path / "life"), quick()) {
    world.teach(16);
    perceive_all(mind, world.inputs);
    mind.think_of_facts();
  }
  memory::EpisodeId tell(const std::string& text) {
    reasoning::Input input;
    input.text = text;
    const memory::EpisodeId told = mind.perceive(input).episode;
    mind.commit();
    return told;
  }
  std::optional<std::string> answer(const std::string& question) { return mind.answer(question, false).answer; }

  Folder folder;
  ToldWorld world;
  reasoning::Mind mind;
};

/// Somebody of a world who moves from one place to another.
struct Mover {
  explicit Mover(ToldWorld& world)
      : name(world.names[50]),
        question("qo dorv " + name + " ?"),
        before(world.place[name]),
        after(before == world.places[0] ? world.places[1] : world.places[0]) {}
  std::string moved() const { return name + " rast " + after + " ."; }

  std::string name, question, before, after;
};

}  // namespace noema::tests
