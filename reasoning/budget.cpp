#include "reasoning/budget.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/clock.h"
#include "base/error.h"
#include "reasoning/experts/state_cache.h"

namespace noema::reasoning {

using concepts::ConceptId;

namespace {

constexpr double kSlack = 0.97;             // of the budget is what keeping to it goes down to
constexpr std::uint32_t kAtOnce = 32;       // inputs that one thought lets go of
constexpr std::uint64_t kCountsShare = 16;  // of the bytes are kept for counts of recent units: 1 / so much
constexpr std::uint64_t kLeast = 64 << 10;  // bytes that a graph of a few inputs needs

}  // namespace

std::uint64_t Budget::bytes(const concepts::Graph& graph) const {
  return graph.bytes() + graph.units_known() * bytes_a_unit + reserved;
}

bool Budget::exceeded(const concepts::Graph& graph, double share) const {
  const auto over = [&](std::uint64_t held, std::uint64_t most) {
    return most > 0 && static_cast<double>(held) > share * static_cast<double>(most);
  };
  return over(graph.concepts(), max_concepts) || over(bytes(graph), max_bytes);
}

Budget budget_of(std::int64_t max_concepts, std::int64_t max_bytes, std::size_t width, bool vectors) {
  constexpr std::uint64_t kEntry = 48;  // of the map of vectors, beside the vector
  Budget budget;
  budget.max_concepts = static_cast<std::uint64_t>(max_concepts);
  budget.max_bytes = static_cast<std::uint64_t>(max_bytes);
  budget.bytes_a_unit = vectors ? kEntry + width * sizeof(float) : 0;
  const std::uint64_t ring = StateCache::most_bytes(width);
  budget.reserved = ring + budget.max_bytes / kCountsShare;
  const std::uint64_t least = (ring + kLeast) * kCountsShare / (kCountsShare - 1);
  if (budget.max_bytes > 0 && budget.max_bytes < least)
    throw base::UsageError(fmt::format(
        "--max-bytes {}: an empty mind with this model needs {} bytes; give at least that, or 0 for no limit",
        max_bytes, least));
  return budget;
}

Budget budget_of(const memory::Life& life, std::size_t width, bool vectors) {
  return budget_of(life.max_concepts(), life.max_bytes(), width, vectors);
}

void Keeper::set_budget(const Budget& budget, concepts::Past past) {
  budget_ = budget;
  past_ = std::move(past);
}

std::uint64_t Keeper::keep(const Thinker::Journal& journal) {
  if (!budget_.exceeded(graph_)) return 0;
  std::uint64_t done = 0;
  while (budget_.exceeded(graph_, kSlack)) {
    const auto& stream = graph_.stream();
    const std::uint32_t attached = stream.attached_episodes();
    if (attached == 0 && !graph_.has_idle()) break;  // what is left is protected
    // Inputs as many as their share of what is too much.
    const auto over = [](std::uint64_t held, std::uint64_t most) {
      return most == 0 ? 0
                       : 1 - kSlack * static_cast<double>(most) / static_cast<double>(std::max<std::uint64_t>(held, 1));
    };
    const double share =
        std::max(over(graph_.concepts(), budget_.max_concepts), over(budget_.bytes(graph_), budget_.max_bytes));
    const auto wanted = static_cast<std::uint32_t>(std::ceil(share * attached));
    const std::uint32_t going = std::min(attached, std::clamp(wanted, 1U, kAtOnce));
    const std::vector<ConceptId> unmentioned = let_go(stream.first_episode() + going, journal);
    done += 1 + dissolve(unmentioned, journal);
  }
  return done;
}

std::vector<ConceptId> Keeper::let_go(std::uint32_t until, const Thinker::Journal& journal) {
  const base::Stopwatch watch;
  LetGo gone;
  gone.first = graph_.stream().first_episode();
  gone.bytes_before = budget_.bytes(graph_);
  gone.concepts_before = graph_.concepts();
  gone.max_bytes = budget_.max_bytes;
  gone.max_concepts = budget_.max_concepts;
  const concepts::Forgetting forgetting = graph_.forgetting(until);
  gone.forgetting = &forgetting;
  std::vector<ConceptId> unmentioned = graph_.forget(forgetting, past_);
  gone.bytes_after = budget_.bytes(graph_);
  const Thought thought{Operator::kForget, {0, 0, until}, 0, 1, {}};
  journal({thought, 0, 0, 1, watch.seconds(), 0, {}, true, &gone});
  return unmentioned;
}

bool Keeper::commit(const std::optional<Thought>& thought, const Thinker::Journal& journal) {
  const double needed = thinker_.options().price_bits;  // nothing else was looked at
  if (!thought || thought->gain_bits < needed) return false;
  const ConceptId result = result_of(graph_, thought->kind, thought->operands);
  const std::uint64_t number =
      journal({*thought, result, needed, 1, 0, 0, before(graph_, thought->kind, thought->operands), true, nullptr});
  apply(graph_, thought->kind, thought->operands, number);
  thinker_.notice_thought(graph_, thought->kind, thought->operands, result);
  return true;
}

/// Dissolves what no mention is left of, as far as that pays, and then what stood only for it.
std::uint64_t Keeper::dissolve(std::vector<ConceptId> unmentioned, const Thinker::Journal& journal) {
  std::uint64_t done = 0;
  while (!unmentioned.empty()) {
    const ConceptId id = unmentioned.back();
    unmentioned.pop_back();
    if (!graph_.node(id).active || graph_.node(id).made_by == 0) continue;
    const auto* category = graph_.node(id).as<concepts::Category>();
    if (category ? category->members.size() > 1 : graph_.node(id).mentions > 0) continue;
    const ConceptId above = graph_.node(id).category;
    if (above != 0 && commit(weigh(graph_, Operator::kForget, {0, id}), journal)) {
      ++done;
      unmentioned.push_back(above);
    }
    const std::vector<ConceptId> parts = concepts::parts_of(graph_.node(id));
    if (!commit(weigh(graph_, Operator::kForget, {id}), journal)) continue;
    ++done;
    unmentioned.insert(unmentioned.end(), parts.begin(), parts.end());
  }
  return done;
}

}  // namespace noema::reasoning
