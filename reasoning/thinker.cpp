#include "reasoning/thinker.h"

#include <fmt/format.h>
#include <tbb/parallel_for.h>

#include <algorithm>
#include <bit>
#include <nlohmann/json.hpp>

#include "base/clock.h"
#include "base/error.h"
#include "base/numbers.h"

namespace noema::reasoning {

using concepts::ConceptId;
using concepts::Graph;
using concepts::kBoundary;

namespace {

/// True at `first` and at each doubling of it.
bool is_milestone(std::uint64_t count, std::uint64_t first) {
  return count >= first && count % first == 0 && std::has_single_bit(count / first);
}

// What is not a pair has no expected gain before it is examined; it comes after the pairs that promise much.
constexpr double kCompanyPriority = 0.01, kRelatePriority = 0.012, kSplitPriority = 0.008, kForgetPriority = 0.005,
                 kKindsPriority = 0.1;

double log2_of(double x) { return base::bits_of(base::exact_log(x)); }

}  // namespace

bool Thinker::Order::operator()(const Suggestion& x, const Suggestion& y) const {
  if (x.priority != y.priority) return x.priority > y.priority;
  return std::tie(x.kind, x.a, x.b) < std::tie(y.kind, y.a, y.b);
}

void Thinker::suggest(const Suggestion& suggestion) {
  if (!options_.operators[suggestion.kind]) return;
  const Key key{suggestion.kind, suggestion.a, suggestion.b};
  const auto [known, fresh] = priorities_.try_emplace(key, suggestion.priority);
  if (!fresh) {
    agenda_.erase({suggestion.kind, suggestion.a, suggestion.b, known->second});
    known->second = suggestion.priority;
  }
  agenda_.insert(suggestion);
  if (agenda_.size() > options_.agenda) {
    const auto last = std::prev(agenda_.end());
    priorities_.erase({last->kind, last->a, last->b});
    agenda_.erase(last);
  }
}

/// A pair that stands together more often than chance is worth a look: expected gain is its information less the node's
/// cost.
void Thinker::suggest_pair(const Graph& graph, ConceptId first, ConceptId second) {
  if (first == kBoundary || second == kBoundary) return;
  const ConceptId a = graph.concept_of(first);
  const ConceptId b = graph.concept_of(second);
  const auto& statistics = graph.statistics();
  const double count = statistics.next(a)[b];
  if (count == 0) return;
  const double information =
      log2_of(count * static_cast<double>(statistics.mentions()) /
              (static_cast<double>(statistics.total(a)) * static_cast<double>(statistics.total(b))));
  const double gain = count * information - concepts::composite_bits(graph.size());
  if (gain <= 0) return;
  const ConceptId left = graph.unit_of(first), right = graph.unit_of(second);
  const auto touched = std::min(graph.positions_of(left).size(), graph.positions_of(right).size());
  suggest({Operator::kCompose, left, right, gain / static_cast<double>(touched + 16)});
}

void Thinker::notice(const Graph& graph, std::uint32_t episode) {
  const std::scoped_lock lock(agenda_mutex_);
  const auto& stream = graph.stream();
  const auto end = stream.end(episode);
  ConceptId previous = kBoundary;
  for (auto p = stream.begin(episode); p < end; p = stream.next_mention(p, end)) {
    const ConceptId node = stream.owner(p);
    const ConceptId concept_id = graph.concept_of(node);
    if (previous != kBoundary &&
        is_milestone(graph.statistics().next(graph.concept_of(previous))[concept_id], options_.first_pair))
      suggest_pair(graph, previous, node);
    const std::uint64_t mentions = graph.statistics().total(concept_id);
    const double grown = log2_of(static_cast<double>(mentions));
    if (is_milestone(mentions, options_.first_merge)) suggest_company(concept_id, kCompanyPriority * grown);
    if (is_milestone(graph.node(node).mentions, options_.first_split))
      suggest({Operator::kSplit, graph.unit_of(node), 0, kSplitPriority * grown});
    if (graph.node(node).made_by != 0 && is_milestone(graph.node(node).mentions, options_.first_forget))
      suggest({Operator::kForget, node, 0, kForgetPriority * grown});
    previous = node;
  }
  // An episode may step over the very milestone; the number of episodes since then tells.
  const std::uint64_t mentions = graph.statistics().mentions();
  const std::uint64_t before = mentions - std::min<std::uint64_t>(mentions, end - stream.begin(episode) + 1);
  const auto doubled = [&](std::uint32_t first) {
    return mentions >= first && std::bit_width(mentions / first) != std::bit_width(before / first);
  };
  if (doubled(options_.first_estimate)) suggest({Operator::kEstimate, 0, 0, 1e9});
  if (doubled(options_.first_division)) suggest({Operator::kAbstract, 0, 1, 1e8});
}

/// Who keeps its company is asked by abstract, which sees merges too; by merge alone if nothing may be abstracted.
void Thinker::suggest_company(ConceptId id, double priority) {
  suggest({options_.operators[Operator::kAbstract] ? Operator::kAbstract : Operator::kMerge, id, 0, priority});
}

void Thinker::notice_thought(const Graph& graph, Operator kind, const std::vector<ConceptId>& operands,
                             ConceptId result) {
  const std::scoped_lock lock(agenda_mutex_);
  const auto& node = graph.node(result);
  if (kind == Operator::kCompose) {
    for (const auto& [other, count] : graph.statistics().next(result).sorted())
      if (count >= options_.first_pair) suggest_pair(graph, result, other);
    for (const auto& [other, count] : graph.statistics().previous(result).sorted())
      if (count >= options_.first_pair) suggest_pair(graph, other, result);
  }
  if (kind == Operator::kAbstract) {
    const std::size_t made = operands.size() > 3 ? operands[1] : 1;  // a division makes several
    for (std::size_t i = 0; i < made; ++i) {
      const auto category = static_cast<ConceptId>(result + i);
      const std::size_t members = graph.node(category).as<concepts::Category>()->members.size();
      const double grown = log2_of(static_cast<double>(1 + graph.statistics().total(category)));
      const bool fresh = operands.size() > 3;
      if (fresh || is_milestone(members, 2)) {
        suggest_company(category, kCompanyPriority * grown);
        suggest({Operator::kRelate, category, 0, kRelatePriority * grown});
      }
      if (fresh ? members >= options_.first_kinds : is_milestone(members, options_.first_kinds))
        suggest({Operator::kAbstract, category, 1, kKindsPriority * grown});
    }
    if (operands.size() > 3) {
      suggest({Operator::kEstimate, 0, 0, 1e9});
      suggest({Operator::kAbstract, 0, 2, kKindsPriority / 2});
    }
  }
  if (kind == Operator::kForget && node.active && node.is<concepts::Category>() &&
      node.as<concepts::Category>()->members.size() < 2)
    suggest({Operator::kForget, result, 0, kForgetPriority});
}

std::vector<Suggestion> Thinker::take(std::size_t most) {
  const std::scoped_lock lock(agenda_mutex_);
  std::vector<Suggestion> batch;
  while (batch.size() < most && !agenda_.empty()) {
    batch.push_back(*agenda_.begin());
    priorities_.erase({batch.back().kind, batch.back().a, batch.back().b});
    agenda_.erase(agenda_.begin());
  }
  return batch;
}

std::size_t Thinker::agenda_size() const {
  const std::scoped_lock lock(agenda_mutex_);
  return agenda_.size();
}

Thinking Thinker::think(Graph& graph, std::shared_mutex& mutex, std::uint64_t proposals, const Journal& journal,
                        const std::function<bool()>& keep_on, const std::function<void()>& after_batch) {
  Thinking thinking;
  const base::Stopwatch whole;
  std::uint64_t batches = 0;
  while (thinking.examined < proposals && (!keep_on || keep_on())) {
    // 1. Take the most promising suggestions.
    const double on_agenda = static_cast<double>(agenda_size());
    const std::vector<Suggestion> batch = take(std::min<std::uint64_t>(options_.batch, proposals - thinking.examined));
    if (batch.empty()) break;
    thinking.examined += batch.size();

    // 2. Examine them side by side on the graph as it is.
    const base::Stopwatch watch;
    std::vector<std::optional<Thought>> found(batch.size());
    std::uint64_t weighed_at = 0;
    {
      const std::shared_lock standing_still(mutex);
      weighed_at = graph.version();
      const auto look = [&](std::size_t i) { found[i] = examine(graph, batch[i], options_.operators); };
      if (batch.size() == 1)
        look(0);
      else
        tbb::parallel_for(
            tbb::blocked_range<std::size_t>(0, batch.size(), 1),  // one by one: they cost unlike
            [&](const auto& range) {
              for (std::size_t i = range.begin(); i < range.end(); ++i) look(i);
            },
            tbb::simple_partitioner());
    }
    const double seconds = watch.seconds() / static_cast<double>(batch.size());

    // 3. Commit what pays, in the order of the agenda, each weighed again on what the ones before it left.
    std::vector<std::pair<const Thought*, ConceptId>> made;
    const std::unique_lock alone(mutex);
    for (auto& thought : found) {
      if (!thought) continue;
      const double candidates = on_agenda + static_cast<double>(thought->examined);
      const double needed = log2_of(candidates) + options_.price_bits;
      if (thought->gain_bits < needed) continue;
      if (graph.version() != weighed_at) {  // an input has come meanwhile, or a thought of this batch
        thought = examine_again(graph, *thought);
        if (!thought || thought->gain_bits < needed) continue;
      }
      const Committed committed{
          *thought, result_of(graph, thought->kind, thought->operands), needed, candidates, seconds,
          batches,  before(graph, thought->kind, thought->operands),    false,  nullptr};
      apply(graph, thought->kind, thought->operands, journal(committed));
      made.emplace_back(&*thought, committed.result);
      ++thinking.thoughts;
      ++thinking.by_kind[std::string(name_of(thought->kind))];
      thinking.gain_bits += thought->gain_bits;
    }
    for (const auto& [thought, result] : made) notice_thought(graph, thought->kind, thought->operands, result);
    if (after_batch) after_batch();
    ++batches;
  }
  thinking.seconds = whole.seconds();
  return thinking;
}

std::string Thinker::state() const {
  const std::scoped_lock lock(agenda_mutex_);
  auto rows = nlohmann::json::array();
  for (const Suggestion& suggestion : agenda_)
    rows.push_back({static_cast<int>(suggestion.kind), suggestion.a, suggestion.b, suggestion.priority});
  const auto bytes = nlohmann::json::to_cbor(rows);
  return {bytes.begin(), bytes.end()};
}

void Thinker::restore(std::string_view state) {
  const std::scoped_lock lock(agenda_mutex_);
  agenda_.clear();
  priorities_.clear();
  if (state.empty()) return;
  const auto rows = nlohmann::json::from_cbor(state.begin(), state.end(), true, false);
  if (rows.is_discarded()) throw base::Error("the agenda kept in the life is damaged; run `noema check`");
  for (const auto& row : rows)
    suggest({static_cast<Operator>(row.at(0).get<int>()), row.at(1).get<ConceptId>(), row.at(2).get<ConceptId>(),
             row.at(3).get<double>()});
}

}  // namespace noema::reasoning
