#pragma once
// The best of several thoughts that are weighed on one graph.

#include <optional>
#include <set>
#include <string>
#include <utility>

#include "reasoning/thought.h"

namespace noema::reasoning::thoughts {

class Best {
 public:
  explicit Best(const concepts::Graph& graph) : graph_(graph) {}

  /// Weighs a thought of these operands, unless it was weighed before.
  void consider(const ThoughtKind& kind, Operands operands) {
    if (!seen_.emplace(&kind, operands.dump()).second) return;
    auto thought = weighed(graph_, kind, std::move(operands));
    if (thought && (!best_ || thought->gain_bits > best_->gain_bits)) best_ = std::move(thought);
  }

  /// The one of the largest gain, the first if several have it; it knows how many were compared.
  const std::optional<Thought>& thought() {
    if (best_) best_->examined = seen_.size();
    return best_;
  }

 private:
  const concepts::Graph& graph_;
  std::optional<Thought> best_;
  std::set<std::pair<const ThoughtKind*, std::string>> seen_;
};

}  // namespace noema::reasoning::thoughts
