#include "reasoning/checkpoint.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "reasoning/node_rows.h"
#include "reasoning/past.h"
#include "reasoning/replay.h"

namespace noema::reasoning {

using concepts::ConceptId;
using concepts::Graph;
using memory::LogEntry;
using memory::LogKind;
using nlohmann::json;

namespace {

/// A state that is a number; 0 if it is not there.
std::uint64_t number_of(const memory::Life& life, std::string_view key) {
  const auto state = life.state(key);
  std::uint64_t number = 0;
  if (!state) return number;
  const char* end = state->data() + state->size();
  if (std::from_chars(state->data(), end, number).ptr != end)
    throw base::Error(fmt::format("the life's state \"{}\" is no number; run `noema check`", key));
  return number;
}

/// State key of a layer's parameters. That of the first layer is older than layers are.
std::string state_key(const concepts::Layer& layer) {
  return layer.name() == "sequence" ? "concentrations" : fmt::format("layer.{}", layer.name());
}

/// Units of the stream when the checkpoint was written; 0 in one that does not say. Never more than the file has bytes.
std::size_t units_of(const memory::Life& life) {
  const auto state = life.state(kCounts);
  if (!state) return 0;
  const auto units = json::parse(*state).value("units", std::uint64_t{0});
  return static_cast<std::size_t>(std::min(units, static_cast<std::uint64_t>(life.file_bytes())));
}

struct Attached {
  std::uint32_t episode = 0;
  concepts::Position position = 0;
  std::size_t nodes = 0;
  memory::Position log_position = 0;  ///< before the first attached episode
};

/// What the checkpoint holds of the stream.
Attached attached_of(const memory::Life& life) {
  Attached attached;
  const auto state = life.state(kAttached);
  if (!state) return attached;
  const json values = json::parse(*state);
  attached.episode = values.at(0).get<std::uint32_t>();
  attached.position = values.at(1).get<concepts::Position>();
  attached.nodes = values.at(2).get<std::size_t>();
  const auto row = life.episodes().find(static_cast<memory::EpisodeId>(attached.episode) + 1);
  const memory::Position checkpoint = life.checkpoint().position();
  attached.log_position = row ? std::min(row->position - 1, checkpoint) : checkpoint;
  return attached;
}

/// Attaches an episode that the checkpoint counts. An input that was taken back in may lie on nodes made since.
void attach_again(Graph& graph, const memory::EpisodeRow& row, base::IdentityRule rule) {
  std::vector<ConceptId> units = attachments_of(row);
  if (std::all_of(units.begin(), units.end(), [&](ConceptId id) { return graph.still_has(id); })) {
    graph.attach(units);
    return;
  }
  base::Segmenter segmenter;
  units.clear();
  for (const base::Unit& unit : segmenter.split(row.text)) {
    if (unit.line_end) continue;
    const auto id = graph.find(base::identity_of(base::surface_of(row.text, unit), rule));
    if (!id)
      throw base::Error(
          fmt::format("episode {} mentions what the checkpoint does not hold; run `noema check`", row.id));
    units.push_back(*id);
  }
  graph.attach(units);
}

}  // namespace

void load_graph(const memory::Life& life, Graph& graph, Thinker& thinker, Meaning* meaning) {
  // One snapshot: a writer beside us moves checkpoint and log together.
  life.consistently([&] {
    for (const auto& layer : graph.layers())
      if (const auto state = life.state(state_key(*layer))) layer->load(*state);
    life.checkpoint().for_each_concept([&](const memory::ConceptRow& row) {
      if (row.id > static_cast<std::int64_t>(graph.size()))
        graph.pass_over(static_cast<std::size_t>(row.id));  // those between have faded
      const ConceptId id = graph.restore_node(node_of(row));
      if (id != static_cast<ConceptId>(row.id))
        throw base::Error(
            fmt::format("the checkpoint holds concept {} where {} was expected; run `noema check`", row.id, id));
      if (meaning) meaning->restore(id, row.vector);
      // Each pair is kept with both; it is told by the younger.
      for (const memory::ConceptRelation& one : row.relations)
        if (one.type == kAssociates && one.to < static_cast<memory::ConceptId>(id))
          graph.associate(id, static_cast<ConceptId>(one.to), static_cast<std::uint32_t>(one.count.value_or(0)));
    });
    const Attached attached = attached_of(life);
    graph.pass_over(attached.nodes);
    graph.finish_restoring();
    graph.start_at(attached.episode, attached.position);
    if (const std::size_t units = units_of(life); units > attached.position) graph.expect(units - attached.position);
    if (const auto state = life.state("agenda")) thinker.agenda().restore(*state);
    Applier applier(life, graph, &thinker, number_of(life, kThinkAfterInputs));
    bool all_counted = false;
    const auto counted = [&] {  // so far all is as the checkpoint says
      if (all_counted) return;
      graph.take_changed();
      graph.find_idle();
      all_counted = true;
    };
    const memory::Position checkpoint = life.checkpoint().position();
    memory::for_each_log_entry(life, attached.log_position, [&](const LogEntry& entry) {
      if (entry.position <= checkpoint) {
        if (entry.kind == LogKind::kEpisode)
          attach_again(graph, *entry.episode, life.episodes().rule_at(entry.position));
        return;
      }
      counted();
      if (entry.kind == LogKind::kEpisode) applier.episode(*entry.episode);
      if (entry.kind == LogKind::kThought) applier.thought(*entry.thought);
      if (entry.kind == LogKind::kUndo) applier.undo(*entry.thought);
    });
    if (number_of(life, kThinkAfterInputs) > 0)
      applier.finish_thinking();
    else
      applier.finish_thinking(number_of(life, kTaken));
    counted();
    if (meaning) meaning->keep_only(graph);
  });
}

std::unique_ptr<transformer::PredictiveCopy> load_copy(const memory::Life& life, const transformer::Model& model,
                                                       const transformer::OnlineOptions& options) {
  const auto state = life.state(kPredictive);
  if (!state || state->empty()) return nullptr;
  auto copy = std::make_unique<transformer::PredictiveCopy>(model, options);
  copy->restore(*state);
  return copy;
}

std::uint64_t practised_at(const memory::Life& life) { return number_of(life, kPractisedAt); }

void save_graph(memory::Life& life, Graph& graph, const Thinker& thinker, const Meaning& meaning,
                const std::string& predictor_state, bool all) {
  life.write_checkpoint(life.last_position(), [&](memory::CheckpointWriter& writer) {
    std::vector<ConceptId> rows = graph.take_changed();
    if (all) {
      std::erase_if(rows, [&](ConceptId id) { return graph.still_has(id); });
      graph.nodes().for_each([&](ConceptId id) { rows.push_back(id); });
    }
    for (const ConceptId id : rows) {
      if (id == concepts::kBoundary) continue;
      if (graph.still_has(id))
        writer.put(row_of(graph, meaning, id));
      else
        writer.erase(id);
    }
    const auto& stream = graph.stream();
    writer.set_state(kAttached, json{stream.first_episode(), stream.first_position(), graph.size()}.dump());
    for (const auto& layer : graph.layers()) writer.set_state(state_key(*layer), layer->save());
    writer.set_state(kTaken, "0");
    writer.set_state(
        kCounts,
        json{{"concepts", graph.concepts()}, {"relations", graph.statistics().cells()}, {"units", stream.size()}}
            .dump());
    writer.set_state("agenda", thinker.agenda().state());
    writer.set_state("predictor", predictor_state);
  });
}

}  // namespace noema::reasoning
