#pragma once
// Replaying: the graph as the log says, from any position on.

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/text.h"
#include "concepts/graph.h"
#include "memory/life.h"
#include "reasoning/thinker.h"

namespace noema::reasoning {

/// Applies log entries in order to a graph and, if there is one, to a thinker's agenda, as they were decided. The life,
/// the graph and the thinker must outlive it.
class Applier {
 public:
  /// after_inputs: the number of suggestions that were examined after each input.
  Applier(const memory::Life& life, concepts::Graph& graph, Thinker* thinker, std::uint64_t after_inputs);

  /// Each throws base::Error if the entry does not fit the graph.
  void episode(const memory::EpisodeRow& row);
  void thought(const memory::ThoughtRow& row);
  void undo(const memory::ThoughtRow& row);
  /// Takes from the agenda the rest of what was examined after the last input.
  void finish_thinking();
  /// The same for a log that ends with thinking that no input called for: `taken` suggestions since the last anchor.
  void finish_thinking(std::uint64_t taken);

 private:
  void advance_to(std::uint64_t taken);
  void notice_made();

  const memory::Life& life_;
  concepts::Graph& graph_;
  Thinker* thinker_;
  std::uint64_t after_inputs_;
  Past past_;
  base::Segmenter segmenter_;
  std::vector<Thought> made_;  // of the present batch: noticed when it ends
  bool thinking_pending_ = false;
  std::uint64_t taken_ = 0;  // suggestions, since the last input or the checkpoint
};

struct Replay {
  explicit Replay(const concepts::GraphOptions& options = {}) : graph(options) {}

  concepts::Graph graph;
  std::uint64_t episodes = 0;
  std::uint64_t thoughts = 0;
  std::uint64_t differences = 0;  ///< decisions that come out otherwise when made anew
  std::string first_difference;
};

/// The graph rebuilt from the log alone, without the checkpoint. recompute: attachments are made anew from the text,
/// and each thought's gain is weighed anew and compared with what was logged. O(life).
Replay replay(const memory::Life& life, bool recompute, const concepts::GraphOptions& options = {});

/// The graph of all inputs and the first `thoughts` thoughts that still stand. O(life).
concepts::Graph graph_after(const memory::Life& life, std::uint64_t thoughts);

/// By how many bits L of a graph grows when the lines are attached to it: what L's own code makes of them.
double description_growth(concepts::Graph& graph, const std::vector<std::string>& lines);

/// The graph of the same inputs without any thought. thinker, if given, notices each, as when it was perceived;
/// after_each is called after every input.
void load_unthinking(const memory::Life& life, concepts::Graph& graph, Thinker* thinker = nullptr,
                     const std::function<void()>& after_each = {});

}  // namespace noema::reasoning
