#pragma once
// The core of a mind, without its memory on disk: the concept graph, the experts that predict with it, and the thinker
// that improves it. A mind has one core; the arms of an experiment are cores without some of these parts.

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "concepts/graph.h"
#include "reasoning/budget.h"
#include "reasoning/graph_mutex.h"
#include "reasoning/predictor.h"
#include "reasoning/reading.h"
#include "reasoning/thinker.h"

namespace noema::reasoning {

struct CoreOptions {
  bool graph = true;  ///< false: the graph stays empty and its experts are left out (the lesion)
  concepts::GraphOptions concept_graph;
  PredictorOptions predictor;
  ThinkerOptions thinker;
};

class Core {
 public:
  Core(std::size_t width, const CoreOptions& options = {});

  /// Bits of each unit of a line, each before it is learned from by the predictor and the copy. The graph is read, not
  /// changed.
  std::vector<double> predict(const std::vector<UnitReading>& line);
  /// Takes a line in without scoring it: what was read before.
  void warm(const std::vector<UnitReading>& line);

  /// Gives the core a predictive copy (or null), one more expert; `learns`: it goes on learning from what it reads. Its
  /// model must outlive it. Without one a line's learned_nats are taken as they come. The caller
  /// must hold the mutex exclusively, or be the only user of the core.
  void adopt(std::unique_ptr<transformer::PredictiveCopy> copy, bool learns);
  /// Goes on with these weights, after `log`: in one hold of the mutex. False, and nothing is done, if the copy is no
  /// longer the one of that generation.
  bool commit(const transformer::PredictiveCopy& practised, std::uint64_t generation,
              const std::function<void()>& log = {});
  /// Counts how often the copy was replaced or its weights were by others than its own reading.
  std::uint64_t generation() const { return generation_; }
  /// Null if there is none.
  transformer::PredictiveCopy* copy() { return copy_.get(); }
  const transformer::PredictiveCopy* copy() const { return copy_.get(); }

  /// From now on predicts by these facts too (null: by none), which must outlive it. The caller must hold the mutex
  /// exclusively, or be the only user of the core, also where the facts change.
  void know(const concepts::facts::FactLayer* facts) { facts_ = facts; }

  /// Perceives the line's units, making unknown nodes, hands them to `log`, attaches them as an episode and puts on the
  /// agenda what they give reason to: all in one hold of the mutex, so that no thought comes between log and graph.
  /// Returns the units, line end left out; none without a graph.
  using Log = std::function<void(const std::vector<concepts::ConceptId>&)>;
  std::vector<concepts::ConceptId> attach(const std::vector<UnitReading>& line, const Log& log = {});

  /// predict, then store: what an arm of an experiment does with a line.
  std::vector<double> experience(const std::vector<UnitReading>& line);

  /// From now on the graph keeps within the budget whenever keep() is called and after each batch of thoughts. `past`
  /// says how the units of an episode were written; `remember`: those that come from now on are kept here.
  void set_budget(const Budget& budget, concepts::Past past, bool remember = false);
  const Budget& budget() const { return keeper_.budget(); }
  /// Lets go of what is too much. Bounded by what goes; O(1) if nothing does, and no wait for readers if there is no
  /// limit.
  void keep(const Journal& journal);

  Thinking think(std::uint64_t proposals, const Journal& journal, const std::function<bool()>& keep_on = {});

  concepts::Graph& graph() { return graph_; }
  const concepts::Graph& graph() const { return graph_; }
  Thinker& thinker() { return thinker_; }
  const Thinker& thinker() const { return thinker_; }
  Predictor& predictor() { return predictor_; }
  const Predictor& predictor() const { return predictor_; }
  /// Held shared by readers of the graph beside the writer, exclusively by those who change it.
  GraphMutex& mutex() const { return mutex_; }
  bool has_graph() const { return options_.graph; }
  const CoreOptions& options() const { return options_; }

  /// Memory held beyond the model, in bytes.
  std::uint64_t state_bytes() const { return graph_.bytes() + predictor_.bytes() + (copy_ ? copy_->bytes() : 0); }

 private:
  CoreOptions options_;
  concepts::Graph graph_;
  Predictor predictor_;
  Thinker thinker_;
  const concepts::facts::FactLayer* facts_ = nullptr;
  std::unique_ptr<transformer::PredictiveCopy> copy_;
  bool copy_learns_ = false;
  std::uint64_t generation_ = 0;
  Keeper keeper_;
  bool remember_ = false;
  std::map<std::uint32_t, std::vector<concepts::PastUnit>> remembered_;  // attached episodes that no life holds
  mutable GraphMutex mutex_;
};

}  // namespace noema::reasoning
