#include <algorithm>
#include <catch2/catch.hpp>
#include <functional>
#include <map>
#include <optional>

#include "base/rng.h"
#include "concepts/graph.h"
#include "tests/concepts/sound.h"

using namespace noema::concepts;
using noema::base::Rng;

namespace {

/// A graph beside the lines it was told, from which what it lets go of is written again.
struct Told {
  Graph graph;
  std::vector<std::vector<PastUnit>> lines;

  void perceive(const std::vector<std::string>& words, Rng& rng) {
    std::vector<ConceptId> units;
    auto& line = lines.emplace_back();
    for (const auto& word : words) {
      const std::string surface = rng.below(4) == 0 ? word : " " + word;
      units.push_back(graph.perceive_unit(word, surface));
      line.push_back({word, surface, units.back()});
    }
    graph.attach(units);
  }
  Past past() const {
    return [this](std::uint32_t episode) { return lines[episode]; };
  }
  std::vector<ConceptId> forget(std::uint32_t episode) { return graph.forget(graph.forgetting(episode), past()); }
};

/// Pairs recur, and every so often a word comes that is soon gone again.
std::vector<std::string> some_words(Rng& rng, int line) {
  std::vector<std::string> words;
  for (auto n = rng.below(9); words.size() < n;) {
    const auto word = rng.below(8);
    words.push_back("w" + std::to_string(word));
    if (word == 1 && rng.uniform() < 0.8) words.push_back("w2");
    if (word == 3) words.insert(words.end(), {"w3", "w4"});
    if (rng.below(6) == 0) words.push_back("rare" + std::to_string(line / 10));
  }
  return words;
}

/// One random change of what the graph is made of, if one of the kind drawn makes sense.
void think(Graph& graph, Rng& rng) {
  if (graph.size() < 6) return;
  const auto any = [&] { return static_cast<ConceptId>(1 + rng.below(graph.size() - 1)); };
  const auto unit = [&] {
    const ConceptId id = any();
    return graph.node(id).active && (graph.node(id).is<Unit>() || graph.node(id).is<Sense>())
               ? graph.nodes().unit_of(id)
               : kBoundary;
  };
  const ConceptId a = any(), b = any();
  switch (rng.below(6)) {
    case 0:
      if (propose_composite(graph, a, b)) graph.compose(a, b, 1);
      break;
    case 1:
      if (propose_redirect(graph, a, b)) graph.redirect(a, b);
      break;
    case 2: {
      std::vector<ConceptId> neighbours{kBoundary, unit(), unit()};
      std::sort(neighbours.begin(), neighbours.end());
      neighbours.erase(std::unique(neighbours.begin(), neighbours.end()), neighbours.end());
      if (propose_split(graph, a, Side::kBefore, neighbours)) graph.split(a, Side::kBefore, neighbours, 1);
      break;
    }
    case 3:
      if (propose_category(graph, a, b)) graph.categorise(a, b, 1);
      break;
    case 4:
      if (propose_membership(graph, a, b)) graph.set_category(a, b);
      break;
    default:
      if (propose_schema(graph, a, b))
        graph.relate(a, b, fillers_for(graph.nodes(), a, b), 1);
      else if (propose_dissolution(graph, a))
        graph.dissolve(a);
  }
}

}  // namespace

TEST_CASE("a graph that let go of its oldest episodes is as if it had never seen them") {
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    Rng rng(seed);
    Told told, control;
    std::vector<std::vector<std::string>> lines;
    for (int i = 0; i < 120; ++i) lines.push_back(some_words(rng, i));
    Rng writing(seed);
    for (const auto& line : lines) told.perceive(line, writing);
    for (const std::uint32_t episode : {1U, 30U, 31U, 90U, 120U}) {
      told.forget(episode);
      require_sound(told.graph);
      Told anew;
      Rng again(seed);
      for (std::size_t i = 0; i < lines.size(); ++i) {
        Told skipped;
        (i < episode ? skipped : anew).perceive(lines[i], again);
      }
      CHECK(told.graph.hash() == anew.graph.hash());
      CHECK(told.graph.concepts() == anew.graph.concepts());
      CHECK(told.graph.nodes().units() == anew.graph.nodes().units());
      CHECK(told.graph.stream().episodes() == 120);
      CHECK(told.graph.stream().attached_episodes() == 120 - episode);
    }
    CHECK(told.graph.concepts() == 0);
    CHECK_FALSE(told.graph.has_idle());
  }
}

TEST_CASE("thoughts, inputs, forgetting and taking back in any order leave counts that the stream gives") {
  std::size_t faded = 0, readmitted = 0, left = 0;
  for (std::uint64_t seed = 1; seed <= 30; ++seed) {
    Rng rng(seed);
    Told told;
    Graph& graph = told.graph;
    for (int i = 0; i < 150; ++i) {
      told.perceive(some_words(rng, i), rng);
      for (int k = 0; k < 3; ++k) think(graph, rng);
      if (rng.below(10) != 0) continue;
      const std::uint32_t first = graph.stream().first_episode();
      const auto until =
          first + static_cast<std::uint32_t>(rng.below(std::min(20U, graph.stream().attached_episodes()) + 1));
      const std::string before = graph.hash();
      const double bits = mentions_bits(graph);
      const std::uint64_t bytes = graph.bytes();
      const Forgetting forgetting = graph.forgetting(until);
      const auto unmentioned = graph.forget(forgetting, told.past());
      require_sound(graph);
      faded += forgetting.faded.size();
      const double shorter = bits - mentions_bits(graph);
      const auto was_form = [](const Faded& one) { return one.redirect != one.id; };
      if (std::any_of(forgetting.faded.begin(), forgetting.faded.end(), was_form))
        CHECK(shorter > forgetting.bits - 1e-6);  // a concept of fewer forms says more cheaply which it takes
      else
        CHECK(shorter == Approx(forgetting.bits).margin(1e-6).epsilon(1e-6));
      for (const ConceptId id : unmentioned) CHECK(graph.node(id).mentions == 0);
      for (const Faded& one : forgetting.faded) CHECK_FALSE(graph.still_has(one.id));
      left += unmentioned.size();
      if (rng.below(2) == 0) {
        graph.readmit(first, forgetting.faded, told.past());
        require_sound(graph);
        CHECK(graph.hash() == before);
        CHECK(graph.bytes() == bytes);
        ++readmitted;
      }
      for (const ConceptId id : unmentioned)
        if (graph.still_has(id) && propose_dissolution(graph, id)) graph.dissolve(id);
    }
  }
  CHECK(faded > 50);
  CHECK(readmitted > 50);
  CHECK(left > 50);
}

TEST_CASE("a word that faded and comes again is a new node, also when its old inputs come back") {
  Rng rng(1);
  Told told, control;
  for (Told* one : {&told, &control}) {
    Rng same(1);
    one->perceive({"old", "words"}, same);
    one->perceive({"other", "words"}, same);
  }
  const ConceptId old = *told.graph.find("old");
  const Forgetting forgetting = told.graph.forgetting(1);
  told.graph.forget(forgetting, told.past());
  CHECK_FALSE(told.graph.find("old"));
  CHECK_FALSE(told.graph.node(old).active);
  for (Told* one : {&told, &control}) {
    Rng same(2);
    one->perceive({"old", "again"}, same);
  }
  CHECK(*told.graph.find("old") > old);
  told.graph.readmit(0, forgetting.faded, told.past());
  CHECK(told.graph.hash() == control.graph.hash());
  require_sound(told.graph);
}

TEST_CASE("what is protected, or carries a thought, stays") {
  Rng rng(1);
  Told told;
  told.perceive({"kept", "gone"}, rng);
  told.perceive({"new", "york"}, rng);
  told.perceive({"new", "york"}, rng);
  told.perceive({"last"}, rng);
  Graph& graph = told.graph;
  graph.protect(*graph.find("kept"));
  const ConceptId city = graph.compose(*graph.find("new"), *graph.find("york"), 1);
  const auto left = told.forget(3);
  CHECK(graph.find("kept"));
  CHECK_FALSE(graph.find("gone"));
  CHECK(graph.find("york"));
  CHECK(left == std::vector<ConceptId>{city});
  CHECK(propose_dissolution(graph, city)->gain_bits > 0);
  graph.dissolve(city);
  CHECK(graph.has_idle());
  told.forget(3);  // no episode more
  CHECK_FALSE(graph.find("york"));
  CHECK(graph.find("kept"));
  CHECK(graph.find("last"));
  require_sound(graph);
}

TEST_CASE("bytes are kept as counts change, and are what is held") {
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    Rng rng(seed);
    Told told;
    for (int i = 0; i < 1500; ++i) {
      told.perceive(some_words(rng, i), rng);
      if (i < 300) think(told.graph, rng);
      const std::uint32_t attached = told.graph.stream().attached_episodes();
      if (attached > 400 && i % 8 == 0) told.forget(told.graph.stream().first_episode() + 8);
      if (i % 100 == 99)
        CHECK(static_cast<double>(told.graph.bytes()) ==
              Approx(static_cast<double>(held_bytes(told.graph))).epsilon(0.08));
    }
  }
}

TEST_CASE("what faded costs a few bytes") {
  Rng rng(1);
  Told told;
  told.perceive({"first"}, rng);
  // Signed: what is held may fall below what was held at first.
  const auto bytes = [&] { return static_cast<double>(held_bytes(told.graph)); };
  const double empty = bytes();
  constexpr int kWords = 20000;
  for (int i = 0; i < kWords; ++i) told.perceive({"word" + std::to_string(i)}, rng);
  const double held = (bytes() - empty) / kWords;
  told.forget(told.graph.stream().episodes());
  const double faded = (bytes() - empty) / kWords;
  WARN("bytes a word with one mention: " << held << ", faded: " << faded);
  CHECK(faded < 1);
}

TEST_CASE("a unit that is associated with another one stays until the association goes") {
  Rng rng(1);
  Told told;
  told.perceive({"asked", "gone"}, rng);
  told.perceive({"answered"}, rng);
  told.perceive({"last"}, rng);
  Graph& graph = told.graph;
  const ConceptId asked = *graph.find("asked"), answered = *graph.find("answered");
  graph.associate(asked, answered, 1);
  const Forgetting first = graph.forgetting(2);
  REQUIRE(first.faded.size() == 1);
  CHECK(first.faded.front().label == "gone");
  graph.forget(first, told.past());
  CHECK(graph.find("asked"));
  CHECK(graph.find("answered"));
  CHECK_FALSE(graph.has_idle());
  CHECK(graph.forgetting(2).faded.empty());
  require_sound(graph);
  graph.associate(asked, answered, -1);
  CHECK(graph.has_idle());
  told.forget(2);
  CHECK_FALSE(graph.find("asked"));
  CHECK_FALSE(graph.find("answered"));
  CHECK(graph.find("last"));
  require_sound(graph);
}

TEST_CASE("a checkpoint is told of nodes that changed, and of those that went only if it has a row of them") {
  Rng rng(1);
  Told told;
  told.perceive({"stays", "saved"}, rng);
  Graph& graph = told.graph;
  const ConceptId stays = *graph.find("stays"), saved = *graph.find("saved");
  CHECK(graph.take_changed() == std::vector<ConceptId>{kBoundary, stays, saved});
  CHECK(graph.take_changed().empty());
  told.perceive({"stays", "passing"}, rng);
  const ConceptId passing = *graph.find("passing");
  told.perceive({"stays"}, rng);
  const Forgetting forgetting = graph.forgetting(2);
  graph.forget(forgetting, told.past());
  REQUIRE_FALSE(graph.still_has(passing));
  CHECK(graph.take_changed() == std::vector<ConceptId>{kBoundary, stays, saved});  // the last one's row is to go
  CHECK(graph.take_changed().empty());
  graph.readmit(0, forgetting.faded, told.past());
  CHECK(graph.take_changed() == std::vector<ConceptId>{kBoundary, stays, saved, passing});
  graph.forget(graph.forgetting(2), told.past());
  graph.readmit(0, forgetting.faded, told.past());
  CHECK(graph.take_changed() == std::vector<ConceptId>{kBoundary, stays, saved, passing});
}
