#pragma once
// The thinker: keeps an agenda of what is worth examining, examines several suggestions at once on a graph that stands
// still, and commits the thoughts that pay in one order. It never sweeps the graph: suggestions come from the inputs
// and thoughts that just came.

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "reasoning/agenda.h"
#include "reasoning/graph_mutex.h"
#include "reasoning/thought.h"

namespace noema::reasoning {

struct ThinkerOptions {
  std::size_t agenda = 65536;  ///< suggestions kept; the least promising go first
  std::size_t batch = 32;      ///< examined side by side; fixed, so that thoughts do not depend on threads
  double price_bits = 4;       ///< c: a thought must gain log2(alternatives examined) + c
  Milestones milestones;
  KindSet kinds;  ///< those that are used
};

/// What thinking did.
struct Thinking {
  std::uint64_t examined = 0;
  std::uint64_t thoughts = 0;
  double gain_bits = 0;
  double seconds = 0;
  std::map<std::string, std::uint64_t> by_kind;
  std::uint64_t rolled_back = 0;  ///< practices that were not worth keeping (consolidation.h)
};

/// Writes a settled thought into the journal, in the moment before the graph changes and while it is held alone;
/// returns its number.
using Journal = std::function<std::uint64_t(const Thought&)>;

/// Settles a thought, journals it and applies it: the one way in which a thought becomes part of a graph. The caller
/// must hold the graph exclusively. With NOEMA_VALIDATE_THOUGHTS (the dev preset) the whole graph is checked after it.
void commit(concepts::Graph& graph, Thought& thought, const Journal& journal, const Past& past = {});

class Thinker {
 public:
  explicit Thinker(const ThinkerOptions& options = {}) : options_(options), agenda_(options.agenda, options.kinds) {}

  /// Suggests what an episode just attached gives reason to. Cost in the episode's length.
  void notice(const concepts::Graph& graph, std::uint32_t episode);
  /// Suggests what a thought just applied gives reason to.
  void notice(const concepts::Graph& graph, const Thought& thought);

  /// Examines `proposals` suggestions at most, best first, on all oneTBB workers, and commits the thoughts that pay.
  /// `keep_on` is asked between batches. `mutex` is held shared while examining and exclusively while committing;
  /// `after_batch` is called in the same hold.
  Thinking think(concepts::Graph& graph, GraphMutex& mutex, std::uint64_t proposals, const Journal& journal,
                 const std::function<bool()>& keep_on = {}, const std::function<void()>& after_batch = {});

  /// For a replay: takes from the agenda what a recorded batch took, without examining it; returns the number taken.
  std::size_t skip(std::uint64_t proposals) { return agenda_.take(proposals).suggestions.size(); }

  Agenda& agenda() { return agenda_; }
  const Agenda& agenda() const { return agenda_; }
  const ThinkerOptions& options() const { return options_; }

 private:
  struct Batch;
  Batch examine(const concepts::Graph& graph, GraphMutex& mutex, const Agenda::Taken& taken, double on_agenda) const;
  void commit_those_that_pay(concepts::Graph& graph, Batch& batch, const Journal& journal, Thinking& thinking);

  ThinkerOptions options_;
  Agenda agenda_;
};

}  // namespace noema::reasoning
