#include "reasoning/life_graph.h"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <set>

#include "base/error.h"
#include "base/text.h"

namespace noema::reasoning {

using concepts::ConceptId;
using concepts::Graph;
using memory::LogEntry;
using memory::LogKind;
using nlohmann::json;

namespace {

std::vector<ConceptId> narrowed(const std::vector<memory::ConceptId>& ids) { return {ids.begin(), ids.end()}; }

/// Perceives an episode's text again and gives its units.
std::vector<ConceptId> perceive_again(Graph& graph, base::Segmenter& segmenter, const std::string& text) {
  std::vector<ConceptId> units;
  for (const base::Unit& unit : segmenter.split(text)) {
    if (unit.line_end) continue;
    const std::string surface = base::surface_of(text, unit);
    units.push_back(graph.perceive_unit(base::identity_of(surface), surface));
  }
  return units;
}

/// Applies log entries in order to graph and agenda, as they were decided.
class Applier {
 public:
  Applier(Graph& graph, Thinker* thinker, std::uint64_t after_inputs)
      : graph_(graph), thinker_(thinker), after_inputs_(after_inputs) {}

  void episode(const memory::EpisodeRow& row) {
    finish_thinking();
    const std::vector<ConceptId> units = perceive_again(graph_, segmenter_, row.text);
    if (units != narrowed(row.attachments))
      throw base::Error(
          fmt::format("episode {} of the log is attached to other concepts than its text gives (another version of "
                      "ICU?); `noema check` says whether the file is sound",
                      row.id));
    const std::uint32_t episode = graph_.attach(units);
    if (thinker_) thinker_->notice(graph_, episode);
    thinking_pending_ = true;
  }

  void thought(const memory::ThoughtRow& row) {
    const json details = json::parse(row.details);
    if (thinker_ && after_inputs_ > 0 && details.contains("batch"))
      advance_to(details["batch"].get<std::uint64_t>() + 1);
    const Operator kind = operator_named(row.kind);
    const ConceptId result = apply(graph_, kind, narrowed(row.operands), static_cast<std::uint64_t>(row.id));
    if (result != static_cast<ConceptId>(row.result))
      throw base::Error(
          fmt::format("thought:{} makes concept {} now, and made {} when it was logged; run `noema check`", row.id,
                      result, row.result));
    made_.push_back({kind, narrowed(row.operands), result});
  }

  void undo(const memory::ThoughtRow& row) {
    flush();
    take_back(graph_, row);
  }

  /// The rest of what was examined after the last input.
  void finish_thinking() {
    if (thinking_pending_) advance_to(after_inputs_);  // more batches than there can be; ends when all is taken
    flush();
    thinking_pending_ = false;
    taken_ = 0;
    batches_ = 0;
  }

 private:
  /// Takes batches from the agenda until `batches` were taken since the last input.
  void advance_to(std::uint64_t batches) {
    if (!thinker_) return;
    while (batches_ < batches && taken_ < after_inputs_) {
      flush();
      const std::size_t taken =
          thinker_->skip(std::min<std::uint64_t>(thinker_->options().batch, after_inputs_ - taken_));
      if (taken == 0) break;
      taken_ += taken;
      ++batches_;
    }
  }

  void flush() {
    if (thinker_)
      for (const Made& made : made_) thinker_->notice_thought(graph_, made.kind, made.operands, made.result);
    made_.clear();
  }

  Graph& graph_;
  Thinker* thinker_;
  std::uint64_t after_inputs_;
  base::Segmenter segmenter_;
  struct Made {
    Operator kind;
    std::vector<ConceptId> operands;
    ConceptId result;
  };
  std::vector<Made> made_;
  bool thinking_pending_ = false;
  std::uint64_t taken_ = 0;
  std::uint64_t batches_ = 0;
};

concepts::Node node_of(const memory::ConceptRow& row) {
  const auto kind = concepts::kind_named(row.kind);
  const json details = json::parse(row.details);
  concepts::Node node;
  const bool two_parts = kind == concepts::Kind::kComposite || kind == concepts::Kind::kSchema;
  if (!kind || (two_parts && row.parts.size() != 2))
    throw base::Error(
        fmt::format("concept {} of the checkpoint is a '{}' of {} parts, which cannot be; run `noema check`", row.id,
                    row.kind, row.parts.size()));
  node.kind = *kind;
  if (two_parts) {
    node.first = static_cast<ConceptId>(row.parts[0]);
    node.second = static_cast<ConceptId>(row.parts[1]);
  }
  node.origin = details.value("origin", ConceptId{0});
  node.side = static_cast<concepts::Side>(details.value("side", 0));
  node.members = details.value("members", std::vector<ConceptId>{});
  node.category = details.value("category", ConceptId{0});
  node.active = details.value("active", true);
  if (node.kind == concepts::Kind::kCategory) node.length = details.value("height", 1U);
  if (node.kind == concepts::Kind::kSense && node.origin == 0) node.label = row.label;
  node.redirect = static_cast<ConceptId>(row.redirect == 0 ? row.id : row.redirect);
  node.made_by = static_cast<std::uint64_t>(row.created_by);
  for (const auto& [surface, count] : row.forms) node.surfaces.emplace_back(surface, static_cast<std::uint32_t>(count));
  return node;
}

memory::ConceptRow row_of(const Graph& graph, const Meaning& meaning, ConceptId id) {
  const concepts::Node& node = graph.node(id);
  const bool unit = node.kind == concepts::Kind::kSense && node.origin == 0;
  memory::ConceptRow row;
  row.id = id;
  row.kind = concepts::name_of(node.kind);
  row.label = unit ? node.label : graph.label_of(id);
  if (node.first != 0) row.parts = {node.first, node.second};
  row.redirect = node.redirect == id ? 0 : node.redirect;
  row.count = node.mentions;
  row.created_by = static_cast<memory::ThoughtId>(node.made_by);
  for (const auto& [surface, count] : node.surfaces) row.forms.emplace_back(surface, count);
  if (node.kind != concepts::Kind::kCategory)  // what a category holds follows from its members
    for (const auto& [to, count] : graph.statistics().next(id).sorted()) row.follows.emplace_back(to, count);
  json details{{"active", node.active}};
  if (node.category != 0) details["category"] = node.category;
  if (node.kind == concepts::Kind::kCategory) details["height"] = node.length;
  if (node.origin != 0) {
    details["origin"] = node.origin;
    details["side"] = static_cast<int>(node.side);
  }
  if (!unit && !node.members.empty()) details["members"] = node.members;
  row.details = details.dump();
  row.vector = meaning.coded(id);
  return row;
}

}  // namespace

void load_graph(const memory::Life& life, Graph& graph, Thinker& thinker, Meaning* meaning) {
  // One snapshot: a writer beside us moves checkpoint and log together.
  life.consistently([&] {
    life.for_each_concept([&](const memory::ConceptRow& row) {
      const ConceptId id = graph.restore_node(node_of(row));
      if (id != static_cast<ConceptId>(row.id))
        throw base::Error(
            fmt::format("the checkpoint holds concept {} where {} was expected; run `noema check`", row.id, id));
      if (meaning) meaning->restore(id, row.vector);
    });
    graph.finish_restoring();
    if (const auto state = life.state("concentrations"))
      graph.set_concentrations(decoded(json::parse(*state).get<std::vector<ConceptId>>()));
    if (const auto state = life.state("agenda")) thinker.restore(*state);
    const auto after_inputs = life.state(kThinkAfterInputs);
    Applier applier(graph, &thinker, after_inputs ? std::stoull(*after_inputs) : 0);
    bool all_counted = false;
    life.for_each_log_entry(0, [&](const LogEntry& entry) {
      if (entry.position <= life.checkpoint_position()) {
        if (entry.kind == LogKind::kEpisode) graph.attach(narrowed(entry.episode->attachments));
        return;
      }
      if (!all_counted) graph.take_changed();  // so far all is as the checkpoint says
      all_counted = true;
      if (entry.kind == LogKind::kEpisode) applier.episode(*entry.episode);
      if (entry.kind == LogKind::kThought) applier.thought(*entry.thought);
      if (entry.kind == LogKind::kUndo) applier.undo(*entry.thought);
    });
    applier.finish_thinking();
    if (!all_counted) graph.take_changed();
  });
}

void save_graph(memory::Life& life, Graph& graph, const Thinker& thinker, const Meaning& meaning,
                const std::string& predictor_state) {
  life.write_checkpoint(life.last_position(), [&](memory::CheckpointWriter& writer) {
    for (const ConceptId id : graph.take_changed())
      if (id != concepts::kBoundary) writer.put(row_of(graph, meaning, id));
    writer.set_state("concentrations", json(coded(graph.concentrations())).dump());
    writer.set_state("agenda", thinker.state());
    writer.set_state("predictor", predictor_state);
  });
}

std::optional<memory::ThoughtId> standing_on(const memory::Life& life, const Graph& graph,
                                             const memory::ThoughtRow& thought) {
  const Operator kind = operator_named(thought.kind);
  if (kind == Operator::kEstimate || kind == Operator::kConsolidate) {
    // Gains claimed under these concentrations do not hang on them, but the next estimate replaced them.
    std::optional<memory::ThoughtId> found;
    life.for_each_log_entry(thought.position, [&](const LogEntry& entry) {
      if (entry.kind == LogKind::kThought && entry.thought->kind == thought.kind && entry.thought->undone_by == 0 &&
          !found)
        found = entry.thought->id;
    });
    return found;
  }
  // What it made is in use, or was moved or forgotten since: by a later thought about one of the same concepts.
  const auto result = static_cast<ConceptId>(thought.result);
  const bool makes = kind == Operator::kCompose || kind == Operator::kSplit || kind == Operator::kRelate;
  if (makes && graph.node(result).active && !graph.stands_on(result)) return std::nullopt;
  std::set<memory::ConceptId> about{thought.result};
  if (kind == Operator::kAbstract || kind == Operator::kForget)
    about.insert(thought.operands.begin() + 1, thought.operands.end());
  if (kind == Operator::kMerge) about.insert(thought.operands.front());
  std::optional<memory::ThoughtId> first;
  for (const memory::ConceptId concept_id : about) {
    if (concept_id == 0) continue;
    for (const memory::ThoughtRow& later : life.thoughts_about(concept_id)) {
      if (later.id <= thought.id || later.undone_by != 0) continue;
      const Operator other = operator_named(later.kind);
      if (other == Operator::kEstimate || other == Operator::kConsolidate) continue;
      // A composite of a merged concept's forms stands on the forms, not on the merge.
      if (kind == Operator::kMerge && (other == Operator::kCompose || other == Operator::kRelate)) continue;
      if (!first || later.id < *first) first = later.id;
      break;
    }
  }
  return first;
}

void take_back(Graph& graph, const memory::ThoughtRow& thought) {
  const json details = json::parse(thought.details);
  undo(graph, operator_named(thought.kind), narrowed(thought.operands), static_cast<ConceptId>(thought.result),
       details.value("before", std::vector<ConceptId>{}));
}

Replay replay(const memory::Life& life, bool recompute) {
  Replay replay;
  Applier applier(replay.graph, nullptr, 0);
  const auto differs = [&](const std::string& what) {
    if (replay.differences++ == 0) replay.first_difference = what;
  };
  life.for_each_log_entry(0, [&](const LogEntry& entry) {
    if (entry.kind == LogKind::kEpisode) {
      applier.episode(*entry.episode);
      ++replay.episodes;
    }
    if (entry.kind == LogKind::kThought) {
      const memory::ThoughtRow& row = *entry.thought;
      if (recompute) {
        const Thought logged{operator_named(row.kind), narrowed(row.operands), row.gain_bits, 1, {}};
        const auto now = examine_again(replay.graph, logged);
        if (!now || std::abs(now->gain_bits - row.gain_bits) > 1e-6 * std::max(1.0, std::abs(row.gain_bits)))
          differs(fmt::format("thought:{} gains {} bits when weighed anew, logged {}", row.id,
                              now ? now->gain_bits : 0.0, row.gain_bits));
      }
      applier.thought(row);
      ++replay.thoughts;
    }
    if (entry.kind == LogKind::kUndo) applier.undo(*entry.thought);
  });
  return replay;
}

void load_unthinking(const memory::Life& life, Graph& graph) {
  base::Segmenter segmenter;
  life.for_each_log_entry(0, [&](const LogEntry& entry) {
    if (entry.kind == LogKind::kEpisode) graph.attach(perceive_again(graph, segmenter, entry.episode->text));
  });
}

}  // namespace noema::reasoning
