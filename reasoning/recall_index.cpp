#include "reasoning/recall_index.h"

#include <mutex>

namespace noema::reasoning {

bool RecallIndex::is_current(const concepts::GraphView& graph, const memory::Life& life) const {
  return first_ == graph.stream().first_episode() && episodes_ == graph.stream().episodes() &&
         static_cast<std::int64_t>(headings_.end()) >= life.counts().episodes;
}

RecallIndex::Look RecallIndex::look(const concepts::GraphView& graph, const memory::Life& life) {
  {
    std::shared_lock lock(mutex_);
    if (is_current(graph, life)) return {std::move(lock), headings_, openings_, forms_};
  }
  {
    const std::unique_lock alone(mutex_);
    if (!is_current(graph, life)) {
      headings_.catch_up(life, graph.stream().first_episode());
      openings_.catch_up(graph, headings_);
      forms_.catch_up(graph, life);
      first_ = graph.stream().first_episode();
      episodes_ = graph.stream().episodes();
    }
  }
  return {std::shared_lock(mutex_), headings_, openings_, forms_};
}

}  // namespace noema::reasoning
