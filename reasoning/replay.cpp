#include "reasoning/replay.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "reasoning/journal.h"
#include "reasoning/past.h"
#include "reasoning/thoughts/let_go.h"

namespace noema::reasoning {

using concepts::ConceptId;
using concepts::Graph;
using memory::LogEntry;
using memory::LogKind;

Applier::Applier(const memory::Life& life, Graph& graph, Thinker* thinker, std::uint64_t after_inputs)
    : life_(life), graph_(graph), thinker_(thinker), after_inputs_(after_inputs), past_(past_of(life)) {}

void Applier::episode(const memory::EpisodeRow& row) {
  finish_thinking();
  const std::vector<ConceptId> units =
      perceive_text(graph_, segmenter_, row.text, life_.episodes().rule_at(row.position));
  if (units != attachments_of(row))
    throw base::Error(
        fmt::format("episode {} of the log is attached to other concepts than its text gives (another version of "
                    "ICU?); `noema check` says whether the file is sound",
                    row.id));
  const std::uint32_t episode = graph_.attach(units);
  if (thinker_) thinker_->notice(graph_, episode);
  protect(graph_, life_, row, units);
  thinking_pending_ = true;
}

void Applier::thought(const memory::ThoughtRow& row) {
  Thought thought = thought_of(row);
  if (thought.taken) advance_to(*thought.taken);
  // What keeps to the budget is thought at once, one after another, outside of all batches.
  if (thought.for_budget) notice_made();
  Thought again = thought;
  again.kind->settle(graph_, again);
  if (again.result != thought.result)
    throw base::Error(fmt::format("thought:{} makes concept {} now, and made {} when it was logged; run `noema check`",
                                  row.id, again.result, row.result));
  thought.kind->apply(graph_, thought, past_);
  if (thought.kind == &thoughts::let_go()) return;
  made_.push_back(std::move(thought));
  if (made_.back().for_budget) notice_made();
}

void Applier::undo(const memory::ThoughtRow& row) {
  notice_made();
  const Thought thought = thought_of(row);
  thought.kind->undo(graph_, thought, past_);
}

void Applier::finish_thinking() {
  if (thinking_pending_) advance_to(after_inputs_);
  notice_made();
  thinking_pending_ = false;
  taken_ = 0;
}

void Applier::finish_thinking(std::uint64_t taken) {
  advance_to(taken);
  notice_made();
}

/// Takes from the agenda until `taken` suggestions were taken since the last input.
void Applier::advance_to(std::uint64_t taken) {
  if (!thinker_) return;
  const std::uint64_t goal = after_inputs_ > 0 ? std::min(taken, after_inputs_) : taken;
  while (taken_ < goal) {
    notice_made();
    const std::size_t now = thinker_->skip(goal - taken_);
    if (now == 0) break;
    taken_ += now;
  }
}

void Applier::notice_made() {
  if (thinker_)
    for (const Thought& thought : made_) thinker_->notice(graph_, thought);
  made_.clear();
}

namespace {

/// How a logged thought comes out when it is weighed anew; nothing if as it was logged.
std::optional<std::string> difference_of(const Graph& graph, const memory::ThoughtRow& row) {
  const Thought logged = thought_of(row);
  if (!logged.kind->is_decided_by_description()) return std::nullopt;
  const auto now = weighed_again(graph, logged);
  if (now && std::abs(now->gain_bits - row.gain_bits) <= 1e-6 * std::max(1.0, std::abs(row.gain_bits)))
    return std::nullopt;
  return now ? fmt::format("thought:{} gains {} bits when weighed anew, logged {}", row.id, now->gain_bits,
                           row.gain_bits)
             : fmt::format("thought:{} ({}) makes no sense when weighed anew", row.id, row.kind);
}

}  // namespace

Replay replay(const memory::Life& life, bool recompute, const concepts::GraphOptions& options) {
  Replay replay(options);
  Applier applier(life, replay.graph, nullptr, 0);
  memory::for_each_log_entry(life, 0, [&](const LogEntry& entry) {
    if (entry.kind == LogKind::kEpisode) {
      applier.episode(*entry.episode);
      ++replay.episodes;
    }
    if (entry.kind == LogKind::kThought) {
      if (recompute)
        if (auto difference = difference_of(replay.graph, *entry.thought); difference && replay.differences++ == 0)
          replay.first_difference = std::move(*difference);
      applier.thought(*entry.thought);
      ++replay.thoughts;
    }
    if (entry.kind == LogKind::kUndo) applier.undo(*entry.thought);
  });
  return replay;
}

Graph graph_after(const memory::Life& life, std::uint64_t thoughts) {
  // All of them are thought again and the later ones taken back, so that ids are those of the log.
  Replay whole = replay(life, false);
  std::vector<Thought> standing;
  memory::for_each_log_entry(life, 0, [&](const LogEntry& entry) {
    if (entry.kind == LogKind::kThought && entry.thought->undone_by == 0)
      standing.push_back(thought_of(*entry.thought));
  });
  const Past past = past_of(life);
  for (; standing.size() > thoughts; standing.pop_back())
    standing.back().kind->undo(whole.graph, standing.back(), past);
  return std::move(whole.graph);
}

double description_growth(Graph& graph, const std::vector<std::string>& lines) {
  base::Segmenter segmenter;
  const double before = description_bits(graph);
  for (const std::string& line : lines) graph.attach(perceive_text(graph, segmenter, line));
  return description_bits(graph) - before;
}

void load_unthinking(const memory::Life& life, Graph& graph, Thinker* thinker,
                     const std::function<void()>& after_each) {
  base::Segmenter segmenter;
  memory::for_each_log_entry(life, 0, [&](const LogEntry& entry) {
    if (entry.kind != LogKind::kEpisode) return;
    const std::uint32_t episode =
        graph.attach(perceive_text(graph, segmenter, entry.episode->text, life.episodes().rule_at(entry.position)));
    if (thinker) thinker->notice(graph, episode);
    if (after_each) after_each();
  });
}

}  // namespace noema::reasoning
