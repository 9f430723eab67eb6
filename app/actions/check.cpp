#include "app/actions/check.h"

#include <fmt/format.h>

#include "app/actions/concept_value.h"
#include "base/failure_context.h"
#include "reasoning/checkpoint.h"
#include "reasoning/replay.h"

namespace noema::app {
namespace {

constexpr std::size_t kMostProblems = 50;

/// The counts can be compared only if the checkpoint belongs to the end of the log.
void compare_counts(const memory::Life& life, const concepts::Graph& graph, std::vector<std::string>& problems) {
  if (life.checkpoint().position() != life.last_position()) return;
  life.checkpoint().for_each_concept([&](const memory::ConceptRow& row) {
    const auto id = static_cast<concepts::ConceptId>(row.id);
    const std::int64_t counted = id < graph.size() ? static_cast<std::int64_t>(mentions_of(graph, id)) : -1;
    if (row.count != counted && problems.size() < kMostProblems)
      problems.push_back(fmt::format("concept {} ({}): the checkpoint counts {} mentions, the log gives {}", row.id,
                                     row.label, row.count, counted));
  });
}

}  // namespace

CheckValue check(const memory::Life& life) {
  const base::FailureContext context("checking a life");
  CheckValue value;
  life.consistently([&] {
    value.problems = life.check();
    if (!value.problems.empty()) return;
    concepts::Graph graph;
    reasoning::Thinker thinker;
    reasoning::load_graph(life, graph, thinker, nullptr);
    if (const auto difference = first_difference(graph)) value.problems.push_back(*difference);
    value.graph_hash = graph.hash();
    if (reasoning::replay(life, false).graph.hash() != value.graph_hash)
      value.problems.push_back(
          "the checkpoint is not what the log gives when it is replayed; restore a backup, or rebuild from the inputs");
    compare_counts(life, graph, value.problems);
  });
  return value;
}

nlohmann::ordered_json to_json(const CheckValue& value) {
  return {{"ok", value.problems.empty()}, {"problems", value.problems}, {"graph_hash", value.graph_hash}};
}

}  // namespace noema::app
