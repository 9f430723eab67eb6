#pragma once
// What recall keeps between one cue and the next: headings and openings, made when first needed and brought up to date
// when inputs came since. Safe beside feeding and in many threads, as views are.

#include <shared_mutex>

#include "concepts/graph_view.h"
#include "memory/life.h"
#include "reasoning/headings.h"
#include "reasoning/openings.h"
#include "reasoning/written_forms.h"

namespace noema::reasoning {

class RecallIndex {
 public:
  /// A look at the index, which does not change while it lives.
  struct Look {
    std::shared_lock<std::shared_mutex> standing_still;
    const Headings& headings;
    const Openings& openings;
    const WrittenForms& forms;
  };

  /// Up to date with what the graph has attached and the life has committed. The graph must stand still until the look
  /// is gone. O(1) if nothing came since, otherwise as Headings and Openings say.
  Look look(const concepts::GraphView& graph, const memory::Life& life);

 private:
  bool is_current(const concepts::GraphView& graph, const memory::Life& life) const;

  std::shared_mutex mutex_;
  Headings headings_;  // guarded by the mutex, as are the next
  Openings openings_;
  WrittenForms forms_;
  std::uint32_t first_ = 0, episodes_ = 0;  // of the stream when it was brought up to date
};

}  // namespace noema::reasoning
