#pragma once
// What a life may hold, and keeping to it: its oldest inputs go, with them what nothing mentions any more, and what
// thinking made of them is dissolved.

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "concepts/graph.h"
#include "memory/life.h"
#include "reasoning/thinker.h"

namespace noema::reasoning {

/// Limits, and what counts against them. What counts is a function of graph and life alone, never of what was allocated
/// when, so that a life that was opened again forgets at the same inputs.
struct Budget {
  std::uint64_t max_concepts = 0;  ///< 0: no limit
  std::uint64_t max_bytes = 0;     ///< 0: no limit
  std::uint64_t bytes_a_unit = 0;  ///< held for every unit's concept beside the graph: its vector
  std::uint64_t reserved = 0;      ///< bytes kept for the experts that predict, which hold no more

  bool limits() const { return max_concepts > 0 || max_bytes > 0; }
  /// Bytes that count. O(1).
  std::uint64_t bytes(const concepts::Graph& graph) const;
  /// Whether the graph needs more than `share` of what it may. O(1).
  bool exceeded(const concepts::Graph& graph, double share = 1) const;
};

/// The budget of a life whose model's states have this width. `vectors`: its concepts have vectors.
Budget budget_of(const memory::Life& life, std::size_t width, bool vectors = true);
/// The same before there is a life. Throws base::UsageError if not even an empty mind keeps to it.
Budget budget_of(std::int64_t max_concepts, std::int64_t max_bytes, std::size_t width, bool vectors = true);

/// Lets go of inputs, at most 32 in one thought, until the graph needs 97 % of the budget or less; nothing to do within
/// it. Every step is journalled after it was done, as its reason says what it gave back. The graph is held alone.
class Keeper {
 public:
  Keeper(concepts::Graph& graph, Thinker& thinker) : graph_(graph), thinker_(thinker) {}

  /// past: how the units of an attached episode were written.
  void set_budget(const Budget& budget, concepts::Past past);
  const Budget& budget() const { return budget_; }
  /// Returns the number of thoughts that it took. Cost in what goes.
  std::uint64_t keep(const Journal& journal);

 private:
  std::vector<concepts::ConceptId> let_go(std::uint32_t until, const Journal& journal);
  std::uint64_t dissolve(std::vector<concepts::ConceptId> unmentioned, const Journal& journal);
  bool commit_if_it_pays(std::optional<Thought> thought, const Journal& journal);

  concepts::Graph& graph_;
  Thinker& thinker_;
  Budget budget_;
  concepts::Past past_;
};

}  // namespace noema::reasoning
