#include "reasoning/undoing.h"

#include <map>
#include <memory>

#include "base/error.h"
#include "tests/reasoning/thoughts/support.h"

using namespace noema;
using namespace noema::tests;

namespace {

/// A small random language: few words, so that thoughts of all kinds meet.
struct World {
  Graph graph;
  std::vector<std::vector<concepts::PastUnit>> written;

  explicit World(std::uint64_t seed) {
    base::Rng rng(seed);
    for (int e = 0; e < 60; ++e) {
      std::vector<ConceptId> units;
      auto& past = written.emplace_back();
      for (auto n = 2 + rng.below(7); n > 0; --n) {
        const std::string word = "w" + std::to_string(rng.below(rng.uniform() < 0.2 ? 40 : 7));
        units.push_back(graph.perceive_unit(word, " " + word));
        past.push_back({word, " " + word, units.back()});
      }
      graph.attach(units);
    }
  }
  concepts::Past past() const {
    return [this](std::uint32_t episode) { return written.at(episode); };
  }
};

/// Draws thoughts of all kinds, whatever they gain, until `count` were applied.
std::vector<Thought> think_at_random(World& world, base::Rng& rng, std::size_t count) {
  std::vector<Thought> thoughts;
  for (int draws = 0; draws < 4000 && thoughts.size() < count; ++draws) {
    const ThoughtKind& kind = *thought_kinds()[rng.below(thought_kinds().size())];
    auto operands = kind.draw(world.graph, rng);
    if (!operands) continue;
    auto thought = weighed(world.graph, kind, std::move(*operands));
    if (!thought) continue;
    commit(
        world.graph, *thought, [&](const Thought&) { return thoughts.size() + 1; }, world.past());
    thoughts.push_back(std::move(*thought));
  }
  return thoughts;
}

const Thought* standing_on(const Graph& graph, const std::vector<Thought>& thoughts, const std::vector<bool>& undone,
                           std::size_t i) {
  for (std::size_t later = i + 1; later < thoughts.size(); ++later)
    if (!undone[later] && stands_on(graph, thoughts[later], thoughts[i])) return &thoughts[later];
  return nullptr;
}

/// The graph of the same inputs and of the thoughts that were not undone, by their operands. Ids shift where a node was
/// never made, so operands are given by the ids of this graph.
std::optional<std::string> hash_without(std::uint64_t seed, const std::vector<Thought>& thoughts,
                                        const std::vector<bool>& undone);

}  // namespace

TEST_CASE(
    "thoughts of all kinds are taken back in random order, or refused by the name of a thought that stands on them") {
  std::map<std::string_view, int> drawn, taken_back;
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    World world(seed);
    base::Rng rng(seed * 977);
    const std::string before = world.graph.hash();
    const std::vector<Thought> thoughts = think_at_random(world, rng, 25);
    REQUIRE_FALSE(first_difference(world.graph));
    for (const Thought& thought : thoughts) ++drawn[thought.kind->name()];
    std::vector<bool> undone(thoughts.size());
    std::size_t left = thoughts.size();
    for (int tries = 0; left > 0; ++tries) {
      REQUIRE(tries < 20000);
      const std::size_t i = rng.below(thoughts.size());
      if (undone[i] || standing_on(world.graph, thoughts, undone, i)) continue;
      INFO("seed " << seed << ", thought " << i + 1 << " " << thoughts[i].kind->name() << " "
                   << thoughts[i].operands.dump());
      thoughts[i].kind->undo(world.graph, thoughts[i], world.past());
      undone[i] = true;
      --left;
      ++taken_back[thoughts[i].kind->name()];
      const auto difference = first_difference(world.graph);
      INFO((difference ? *difference : ""));
      REQUIRE_FALSE(difference);
      // A unit that only this thought kept fades when inputs are next let go of, and not before.
      if (world.graph.has_idle()) continue;
      if (const auto expected = hash_without(seed, thoughts, undone)) REQUIRE(world.graph.hash() == *expected);
    }
    CHECK(world.graph.hash() == before);  // as if nothing had ever been thought
  }
  for (const ThoughtKind* kind : thought_kinds()) {
    if (!kind->is_decided_by_description()) continue;
    INFO(kind->name());
    CHECK(drawn[kind->name()] > 0);
    CHECK(taken_back[kind->name()] == drawn[kind->name()]);
  }
}

TEST_CASE("a division is not taken back while a later membership stands on one of its categories") {
  Graph graph = kinds(4000);
  const Thought division = applied(graph, *examine(graph, "divide"));
  const std::size_t parts = division.operands.at("parts").size();
  REQUIRE(parts > 1);
  const ConceptId last = division.result + static_cast<ConceptId>(parts) - 1;
  const ConceptId moved = category_members(graph.node(division.result)).front();
  const Thought later = applied(graph, *weighed(graph, kind_named("join"), {{"member", moved}, {"category", last}}), 2);
  CHECK(stands_on(graph, later, division));
  later.kind->undo(graph, later, {});
  CHECK(category_of(graph.nodes(), moved) == division.result);
}

namespace {

/// Gives the nodes that a thought makes the ids that they have in another graph.
class Renamed {
 public:
  void made(ConceptId old_id, ConceptId new_id) { ids_[old_id] = new_id; }
  Operands operator()(const Operands& value) const {
    if (value.is_structured()) {
      Operands renamed = value;
      for (auto& one : renamed) one = (*this)(one);
      return renamed;
    }
    if (!value.is_number_unsigned()) return value;
    const auto found = ids_.find(value.get<ConceptId>());
    return found == ids_.end() ? value : Operands(found->second);
  }

 private:
  std::map<ConceptId, ConceptId> ids_;
};

std::optional<std::string> hash_without(std::uint64_t seed, const std::vector<Thought>& thoughts,
                                        const std::vector<bool>& undone) {
  World world(seed);
  Renamed renamed;
  for (std::size_t i = 0; i < thoughts.size(); ++i) {
    if (undone[i]) continue;
    Thought thought = thoughts[i];
    const bool ids = thought.kind->name() != "estimate" && thought.kind->name() != "let_go";
    if (ids) thought.operands = renamed(thought.operands);
    const auto size = static_cast<ConceptId>(world.graph.size());
    thought.kind->settle(world.graph, thought);
    thought.kind->apply(world.graph, thought, world.past());
    for (ConceptId made = 0; size + made < world.graph.size(); ++made)
      renamed.made(thoughts[i].result + made, size + made);
  }
  return world.graph.hash();
}

}  // namespace
