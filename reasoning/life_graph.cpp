#include "reasoning/life_graph.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <nlohmann/json.hpp>
#include <numeric>
#include <set>

#include "base/error.h"
#include "base/text.h"
#include "reasoning/budget.h"

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
  Applier(const memory::Life& life, Graph& graph, Thinker* thinker, std::uint64_t after_inputs)
      : life_(life), graph_(graph), thinker_(thinker), after_inputs_(after_inputs), past_(past_of(life)) {}

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
    protect(graph_, life_, row, units);
    thinking_pending_ = true;
  }

  void thought(const memory::ThoughtRow& row) {
    const json details = json::parse(row.details);
    if (thinker_ && after_inputs_ > 0 && details.contains("batch"))
      advance_to(details["batch"].get<std::uint64_t>() + 1);
    const Operator kind = operator_named(row.kind);
    // What keeps to the budget is thought at once, one after another, outside of all batches.
    const bool for_budget = details.value("budget", false);
    if (for_budget) flush();
    if (lets_go(kind, row.operands.size())) {
      graph_.forget(graph_.forgetting(static_cast<std::uint32_t>(row.operands[2])), past_);
      return;
    }
    const ConceptId result = apply(graph_, kind, narrowed(row.operands), static_cast<std::uint64_t>(row.id));
    if (result != static_cast<ConceptId>(row.result))
      throw base::Error(
          fmt::format("thought:{} makes concept {} now, and made {} when it was logged; run `noema check`", row.id,
                      result, row.result));
    made_.push_back({kind, narrowed(row.operands), result});
    if (for_budget) flush();
  }

  void undo(const memory::ThoughtRow& row) {
    flush();
    take_back(graph_, row, past_);
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

  const memory::Life& life_;
  Graph& graph_;
  Thinker* thinker_;
  std::uint64_t after_inputs_;
  concepts::Past past_;
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

constexpr std::string_view kAttached = "attached";  // state: first attached episode, its position, ids given

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
  const auto row = life.episode(static_cast<memory::EpisodeId>(attached.episode) + 1);
  attached.log_position = row ? std::min(row->position - 1, life.checkpoint_position()) : life.checkpoint_position();
  return attached;
}

/// Attaches an episode that the checkpoint counts. An input that was taken back in may lie on nodes made since.
void attach_again(Graph& graph, const memory::EpisodeRow& row) {
  std::vector<ConceptId> units = narrowed(row.attachments);
  if (std::all_of(units.begin(), units.end(), [&](ConceptId id) { return graph.still_has(id); })) {
    graph.attach(units);
    return;
  }
  base::Segmenter segmenter;
  units.clear();
  for (const base::Unit& unit : segmenter.split(row.text)) {
    if (unit.line_end) continue;
    const auto id = graph.find(base::identity_of(base::surface_of(row.text, unit)));
    if (!id)
      throw base::Error(
          fmt::format("episode {} mentions what the checkpoint does not hold; run `noema check`", row.id));
    units.push_back(*id);
  }
  graph.attach(units);
}

/// True if the thought is about a sense that has faded since, or makes something of one.
bool touches_faded(const Graph& graph, Operator kind, const memory::ThoughtRow& thought) {
  std::vector<ConceptId> about = narrowed(thought.operands);
  if (kind == Operator::kSplit) about.erase(about.begin() + 1);  // the side
  if (kind == Operator::kAbstract && about.size() > 3) about.clear();
  if (thought.result != 0) about.push_back(static_cast<ConceptId>(thought.result));
  for (std::size_t i = 0; i < about.size(); ++i) {
    const ConceptId id = about[i];
    if (id == concepts::kBoundary || id >= graph.size()) continue;
    if (!graph.still_has(id)) return true;
    const concepts::Node& node = graph.node(id);
    if (node.active) continue;
    const std::vector<ConceptId> named = concepts::named_by(node);
    about.insert(about.end(), named.begin(), named.end());
  }
  return false;
}

concepts::Node node_of(const memory::ConceptRow& row) {
  concepts::NodeRecord record;
  record.id = static_cast<ConceptId>(row.id);
  record.kind = row.kind;
  record.label = row.label;
  record.parts = narrowed(row.parts);
  record.redirect = static_cast<ConceptId>(row.redirect);
  record.made_by = static_cast<std::uint64_t>(row.created_by);
  for (const auto& [surface, count] : row.forms)
    record.surfaces.emplace_back(surface, static_cast<std::uint32_t>(count));
  record.details = json::parse(row.details);
  return concepts::node_of(record);
}

memory::ConceptRow row_of(const Graph& graph, const Meaning& meaning, ConceptId id) {
  const concepts::NodeRecord record = graph.record_of(id);
  memory::ConceptRow row;
  row.id = id;
  row.kind = record.kind;
  row.label = record.label;
  row.parts.assign(record.parts.begin(), record.parts.end());
  row.redirect = record.redirect;
  row.count = record.mentions;
  row.created_by = static_cast<memory::ThoughtId>(record.made_by);
  for (const auto& [surface, count] : record.surfaces) row.forms.emplace_back(surface, count);
  if (!graph.node(id).is<concepts::Category>())  // what a category holds follows from its members
    for (const auto& [to, count] : graph.statistics().next(id).sorted()) row.follows.emplace_back(to, count);
  row.details = record.details.dump();
  row.vector = meaning.coded(id);
  return row;
}

}  // namespace

concepts::Past past_of(const memory::Life& life) {
  auto segmenter = std::make_shared<base::Segmenter>();
  return [&life, segmenter](std::uint32_t episode) {
    const auto row = life.episode(static_cast<memory::EpisodeId>(episode) + 1);
    if (!row) throw base::Error(fmt::format("episode {} is missing in the life; run `noema check`", episode + 1));
    std::vector<concepts::PastUnit> units;
    for (const base::Unit& unit : segmenter->split(row->text)) {
      if (unit.line_end) continue;
      const std::string surface = base::surface_of(row->text, unit);
      const ConceptId node = units.size() < row->attachments.size()
                                 ? static_cast<ConceptId>(row->attachments[units.size()])
                                 : concepts::kBoundary;
      units.push_back({base::identity_of(surface), surface, node});
    }
    return units;
  };
}

void protect(Graph& graph, const memory::Life& life, const memory::EpisodeRow& row,
             const std::vector<ConceptId>& units) {
  constexpr std::int64_t kShare = 16, kBytesEach = 2048;
  std::size_t most = static_cast<std::size_t>(-1);
  if (life.max_concepts() > 0) most = static_cast<std::size_t>(life.max_concepts() / kShare);
  if (life.max_bytes() > 0) most = std::min(most, static_cast<std::size_t>(life.max_bytes() / kShare / kBytesEach));
  const auto stays = [&](ConceptId id) {
    if (graph.protected_nodes() < most) graph.protect(id);
  };
  if (row.kind == "question") std::for_each(units.begin(), units.end(), stays);
  if (!row.label) return;
  if (const auto label = graph.find(base::identity_of(*row.label))) stays(*label);
}

void load_graph(const memory::Life& life, Graph& graph, Thinker& thinker, Meaning* meaning) {
  // One snapshot: a writer beside us moves checkpoint and log together.
  life.consistently([&] {
    life.for_each_concept([&](const memory::ConceptRow& row) {
      if (row.id > static_cast<std::int64_t>(graph.size()))
        graph.pass_over(static_cast<std::size_t>(row.id));  // those between have faded
      const ConceptId id = graph.restore_node(node_of(row));
      if (id != static_cast<ConceptId>(row.id))
        throw base::Error(
            fmt::format("the checkpoint holds concept {} where {} was expected; run `noema check`", row.id, id));
      if (meaning) meaning->restore(id, row.vector);
      // Each pair is kept with both; it is told by the younger.
      for (const auto& [other, times] :
           json::parse(row.details).value("associates", std::vector<std::pair<ConceptId, std::uint32_t>>{}))
        if (other < id) graph.associate(id, other, times);
    });
    const Attached attached = attached_of(life);
    graph.pass_over(attached.nodes);
    graph.finish_restoring();
    graph.start_at(attached.episode, attached.position);
    if (const auto state = life.state("concentrations"))
      graph.set_concentrations(decoded(json::parse(*state).get<std::vector<ConceptId>>()));
    if (const auto state = life.state("agenda")) thinker.restore(*state);
    const auto after_inputs = life.state(kThinkAfterInputs);
    Applier applier(life, graph, &thinker, after_inputs ? std::stoull(*after_inputs) : 0);
    bool all_counted = false;
    const auto counted = [&] {  // so far all is as the checkpoint says
      if (all_counted) return;
      graph.take_changed();
      graph.find_idle();
      all_counted = true;
    };
    life.for_each_log_entry(attached.log_position, [&](const LogEntry& entry) {
      if (entry.position <= life.checkpoint_position()) {
        if (entry.kind == LogKind::kEpisode) attach_again(graph, *entry.episode);
        return;
      }
      counted();
      if (entry.kind == LogKind::kEpisode) applier.episode(*entry.episode);
      if (entry.kind == LogKind::kThought) applier.thought(*entry.thought);
      if (entry.kind == LogKind::kUndo) applier.undo(*entry.thought);
    });
    applier.finish_thinking();
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

std::uint64_t practised_at(const memory::Life& life) {
  const auto state = life.state(kPractisedAt);
  return state ? std::stoull(*state) : 0;
}

void save_graph(memory::Life& life, Graph& graph, const Thinker& thinker, const Meaning& meaning,
                const std::string& predictor_state, bool all) {
  life.write_checkpoint(life.last_position(), [&](memory::CheckpointWriter& writer) {
    std::vector<ConceptId> rows = graph.take_changed();
    if (all) {
      rows.resize(graph.size());
      std::iota(rows.begin(), rows.end(), ConceptId{0});
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
  // Later inputs may be let go of than these; and what faded carries nothing.
  const bool inputs = lets_go(kind, thought.operands.size());
  if (inputs || touches_faded(graph, kind, thought)) {
    std::optional<memory::ThoughtId> found;
    life.for_each_log_entry(thought.position, [&](const LogEntry& entry) {
      if (entry.kind == LogKind::kThought && entry.thought->undone_by == 0 &&
          lets_go(operator_named(entry.thought->kind), entry.thought->operands.size()) && (!inputs || !found))
        found = entry.thought->id;
    });
    if (inputs || found) return found;
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
      if (lets_go(other, later.operands.size())) continue;  // its operand is an input
      // A composite of a merged concept's forms stands on the forms, not on the merge.
      if (kind == Operator::kMerge && (other == Operator::kCompose || other == Operator::kRelate)) continue;
      if (!first || later.id < *first) first = later.id;
      break;
    }
  }
  return first;
}

void take_back(Graph& graph, const memory::ThoughtRow& thought, const concepts::Past& past) {
  const json details = json::parse(thought.details);
  if (lets_go(operator_named(thought.kind), thought.operands.size())) {
    std::vector<concepts::Faded> faded;
    for (const json& one : details.at("faded"))
      faded.push_back({one.at(0).get<ConceptId>(), one.at(1).get<std::string>(), one.at(2).get<ConceptId>(),
                       one.at(3).get<ConceptId>()});
    graph.readmit(details.at("first").get<std::uint32_t>(), faded, past);
    return;
  }
  undo(graph, operator_named(thought.kind), narrowed(thought.operands), static_cast<ConceptId>(thought.result),
       details.value("before", std::vector<ConceptId>{}));
}

Replay replay(const memory::Life& life, bool recompute) {
  Replay replay;
  Applier applier(life, replay.graph, nullptr, 0);
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
      if (recompute && operator_named(row.kind) != Operator::kConsolidate) {  // it changes no graph
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

Graph graph_after(const memory::Life& life, std::uint64_t thoughts) {
  // All of them are thought again and the later ones taken back, so that ids are those of the log.
  Replay whole = replay(life, false);
  std::vector<memory::ThoughtRow> standing;
  life.for_each_log_entry(0, [&](const LogEntry& entry) {
    if (entry.kind == LogKind::kThought && entry.thought->undone_by == 0) standing.push_back(*entry.thought);
  });
  const concepts::Past past = past_of(life);
  for (; standing.size() > thoughts; standing.pop_back()) take_back(whole.graph, standing.back(), past);
  return std::move(whole.graph);
}

double description_growth(Graph& graph, const std::vector<std::string>& lines) {
  base::Segmenter segmenter;
  const double before = graph.description_bits();
  for (const std::string& line : lines) graph.attach(perceive_again(graph, segmenter, line));
  return graph.description_bits() - before;
}

void load_unthinking(const memory::Life& life, Graph& graph, Thinker* thinker,
                     const std::function<void()>& after_each) {
  base::Segmenter segmenter;
  life.for_each_log_entry(0, [&](const LogEntry& entry) {
    if (entry.kind != LogKind::kEpisode) return;
    const std::uint32_t episode = graph.attach(perceive_again(graph, segmenter, entry.episode->text));
    if (thinker) thinker->notice(graph, episode);
    if (after_each) after_each();
  });
}

}  // namespace noema::reasoning
