#include "reasoning/thinker.h"

#include <tbb/parallel_for.h>

#include <algorithm>

#include "base/clock.h"
#include "base/error.h"
#include "base/numbers.h"
#include "reasoning/thoughts/registry.h"

namespace noema::reasoning {

using concepts::Graph;
using concepts::kBoundary;

namespace {

double log2_of(double x) { return base::bits_of(base::exact_log(x)); }

/// In the dev preset no thought may leave an inconsistent graph behind.
void validate([[maybe_unused]] const Graph& graph) {
#ifdef NOEMA_VALIDATE_THOUGHTS
  if (const auto difference = first_difference(graph))
    base::check(false, "a thought left an inconsistent graph: " + *difference);
#endif
}

}  // namespace

void commit(Graph& graph, Thought& thought, const Journal& journal, const Past& past) {
  thought.kind->settle(graph, thought);
  thought.number = journal(thought);
  thought.kind->apply(graph, thought, past);
  validate(graph);
}

void Thinker::notice(const Graph& graph, std::uint32_t episode) {
  const auto& stream = graph.stream();
  const auto end = stream.end(episode);
  NoticedMention mention{graph, kBoundary};
  for (auto p = stream.begin(episode); p < end; p = stream.next_mention(p, end)) {
    mention.node = stream.owner(p);
    mention.concept_id = graph.concept_of(mention.node);
    mention.concept_mentions = graph.statistics().total(mention.concept_id);
    mention.grown = log2_of(static_cast<double>(mention.concept_mentions));
    for (const ThoughtKind* kind : thought_kinds()) kind->notice(mention, options_.milestones, options_.kinds, agenda_);
    mention.previous = mention.node;
  }
  const std::uint64_t mentions = graph.statistics().mentions();
  const std::uint64_t more = std::min<std::uint64_t>(mentions, end - stream.begin(episode) + 1);
  const NoticedEpisode noticed{graph, mentions - more, mentions};
  for (const ThoughtKind* kind : thought_kinds()) kind->notice(noticed, options_.milestones, agenda_);
}

void Thinker::notice(const Graph& graph, const Thought& thought) {
  for (const ThoughtKind* kind : thought_kinds())
    kind->notice(graph, thought, options_.milestones, options_.kinds, agenda_);
}

/// What examining a batch of suggestions found, in their order.
struct Thinker::Batch {
  std::vector<std::optional<Thought>> found;
  std::uint64_t graph_version = 0;  ///< of the graph it was weighed on
  double on_agenda = 0;             ///< suggestions that the best were chosen from
  std::uint64_t taken = 0;          ///< from the agenda since its anchor
};

Thinker::Batch Thinker::examine(const Graph& graph, GraphMutex& mutex, const Agenda::Taken& taken,
                                double on_agenda) const {
  const std::vector<Suggestion>& suggestions = taken.suggestions;
  const base::Stopwatch watch;
  Batch batch;
  batch.on_agenda = on_agenda;
  batch.taken = taken.since_anchor;
  batch.found.resize(suggestions.size());
  {
    const std::shared_lock standing_still(mutex);
    batch.graph_version = graph.version();
    const auto look = [&](std::size_t i) {
      batch.found[i] = suggestions[i].kind->examine(graph, suggestions[i], options_.kinds);
    };
    if (suggestions.size() == 1)
      look(0);
    else
      tbb::parallel_for(
          tbb::blocked_range<std::size_t>(0, suggestions.size(), 1),  // one by one: their costs differ
          [&](const auto& range) {
            for (std::size_t i = range.begin(); i < range.end(); ++i) look(i);
          },
          tbb::simple_partitioner());
  }
  const double seconds = watch.seconds() / static_cast<double>(suggestions.size());
  for (auto& thought : batch.found)
    if (thought) thought->seconds = seconds;
  return batch;
}

void Thinker::commit_those_that_pay(Graph& graph, Batch& batch, const Journal& journal, Thinking& thinking) {
  std::vector<Thought> made;
  for (auto& found : batch.found) {
    if (!found) continue;
    const double candidates = batch.on_agenda + static_cast<double>(found->examined);
    const double needed = log2_of(candidates) + options_.price_bits;
    if (found->gain_bits < needed) continue;
    if (graph.version() != batch.graph_version) {  // an input has come meanwhile, or a thought of this batch
      const double seconds = found->seconds;
      found = weighed_again(graph, *found);
      if (!found || found->gain_bits < needed) continue;
      found->seconds = seconds;
    }
    found->candidates = candidates;
    found->needed_bits = needed;
    found->taken = batch.taken;
    commit(graph, *found, journal);
    ++thinking.thoughts;
    ++thinking.by_kind[std::string(found->kind->name())];
    thinking.gain_bits += found->gain_bits;
    made.push_back(std::move(*found));
  }
  for (const Thought& thought : made) notice(graph, thought);
}

Thinking Thinker::think(Graph& graph, GraphMutex& mutex, std::uint64_t proposals, const Journal& journal,
                        const std::function<bool()>& keep_on, const std::function<void()>& after_batch) {
  Thinking thinking;
  const base::Stopwatch whole;
  while (thinking.examined < proposals && (!keep_on || keep_on())) {
    // 1. Take the most promising suggestions.
    const auto on_agenda = static_cast<double>(agenda_.size());
    const Agenda::Taken taken = agenda_.take(std::min<std::uint64_t>(options_.batch, proposals - thinking.examined));
    if (taken.suggestions.empty()) break;
    thinking.examined += taken.suggestions.size();
    // 2. Examine them side by side on the graph as it is.
    Batch batch = examine(graph, mutex, taken, on_agenda);
    // 3. Commit those that pay, in the agenda's order, each weighed again on what the ones before it left.
    const std::unique_lock exclusive(mutex);
    commit_those_that_pay(graph, batch, journal, thinking);
    if (after_batch) after_batch();
  }
  thinking.seconds = whole.seconds();
  return thinking;
}

}  // namespace noema::reasoning
