#include "app/actions/replay.h"

#include "base/clock.h"
#include "base/failure_context.h"
#include "reasoning/checkpoint.h"
#include "reasoning/replay.h"

namespace noema::app {

ReplayValue replay(const memory::Life& life, bool recompute) {
  const base::FailureContext context("replaying the log");
  const base::Stopwatch watch;
  ReplayValue value;
  life.consistently([&] {
    const reasoning::Replay replayed = reasoning::replay(life, recompute);
    value.episodes = replayed.episodes;
    value.thoughts = replayed.thoughts;
    value.differences = replayed.differences;
    value.first_difference = replayed.first_difference;
    value.replayed_hash = replayed.graph.hash();
    concepts::Graph graph;
    reasoning::Thinker thinker;
    reasoning::load_graph(life, graph, thinker, nullptr);
    value.graph_hash = graph.hash();
  });
  value.seconds = watch.seconds();
  return value;
}

nlohmann::ordered_json to_json(const ReplayValue& value) {
  return {{"episodes", value.episodes},     {"thoughts", value.thoughts},
          {"graph_hash", value.graph_hash}, {"replayed_hash", value.replayed_hash},
          {"same", value.same()},           {"differences", value.differences},
          {"seconds", value.seconds}};
}

}  // namespace noema::app
