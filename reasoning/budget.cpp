#include "reasoning/budget.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/clock.h"
#include "base/error.h"
#include "reasoning/experts/fading_counts.h"
#include "reasoning/experts/state_cache.h"
#include "reasoning/thoughts/dissolve.h"
#include "reasoning/thoughts/leave.h"
#include "reasoning/thoughts/let_go.h"

namespace noema::reasoning {

using concepts::ConceptId;

namespace {

constexpr double kSlack = 0.97;        // of the budget is what keeping to it goes down to
constexpr std::uint32_t kAtOnce = 32;  // inputs that one thought lets go of
// Of so many bytes the experts leave two thirds to the graph, which needs 64 kB for a few inputs.
constexpr std::uint64_t kLeast = 96 << 10;

}  // namespace

std::uint64_t Budget::bytes(const concepts::Graph& graph) const {
  return graph.bytes() + graph.nodes().units() * bytes_a_unit + reserved;
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
  if (budget.max_bytes == 0) return budget;
  budget.reserved = StateCache::most_bytes(width, StateCacheOptions().within(budget.max_bytes, width)) +
                    most_bytes_of_fading_counts(budget.max_bytes);
  if (budget.max_bytes < kLeast)
    throw base::UsageError(fmt::format(
        "--max-bytes {}: an empty mind needs {} bytes; give at least that, or 0 for no limit", max_bytes, kLeast));
  return budget;
}

Budget budget_of(const memory::Life& life, std::size_t width, bool vectors) {
  const memory::LifeOrigin origin = life.origin();
  return budget_of(origin.max_concepts, origin.max_bytes, width, vectors);
}

void Keeper::set_budget(const Budget& budget, concepts::Past past) {
  budget_ = budget;
  past_ = std::move(past);
}

std::uint64_t Keeper::keep(const Journal& journal) {
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
    done += 1 + dissolve(let_go(stream.first_episode() + going, journal), journal);
  }
  return done;
}

std::vector<ConceptId> Keeper::let_go(std::uint32_t until, const Journal& journal) {
  const base::Stopwatch watch;
  const std::uint32_t first = graph_.stream().first_episode();
  const std::uint64_t bytes_before = budget_.bytes(graph_), concepts_before = graph_.concepts();
  const concepts::Forgetting forgetting = graph_.forgetting(until);
  Thought thought = thoughts::letting_go_of(graph_, forgetting);
  std::vector<ConceptId> unmentioned = graph_.forget(forgetting, past_);
  const auto bytes = static_cast<std::int64_t>(bytes_before - budget_.bytes(graph_));
  const bool over_bytes = budget_.max_bytes > 0 && bytes_before > budget_.max_bytes;
  thought.for_budget = true;
  thought.seconds = watch.seconds();
  thought.account.reason = fmt::format(
      "the life held {} {} of {}: inputs {} to {} go, {:.1f} bits of their code, {} concepts and {} bytes with them",
      over_bytes ? bytes_before : concepts_before, over_bytes ? "bytes" : "concepts",
      over_bytes ? budget_.max_bytes : budget_.max_concepts, first + 1, until, forgetting.bits, forgetting.faded.size(),
      bytes);
  thought.account.details = {{"bits", forgetting.bits}, {"bytes", bytes}};
  for (std::uint32_t episode = first; episode < until; ++episode) thought.account.evidence.push_back(episode + 1);
  journal(thought);
  return unmentioned;
}

bool Keeper::commit_if_it_pays(std::optional<Thought> thought, const Journal& journal) {
  const double needed = thinker_.options().price_bits;  // nothing else was looked at
  if (!thought || thought->gain_bits < needed) return false;
  thought->needed_bits = needed;
  thought->for_budget = true;
  commit(graph_, *thought, journal, past_);
  thinker_.notice(graph_, *thought);
  return true;
}

/// Dissolves the nodes that no mention is left of, as far as that pays, and then the nodes that stood only for them.
std::uint64_t Keeper::dissolve(std::vector<ConceptId> unmentioned, const Journal& journal) {
  std::uint64_t done = 0;
  while (!unmentioned.empty()) {
    const ConceptId id = unmentioned.back();
    unmentioned.pop_back();
    if (!graph_.node(id).active || graph_.node(id).made_by == 0) continue;
    const auto* category = graph_.node(id).as<concepts::Category>();
    if (category ? category->members.size() > 1 : graph_.node(id).mentions > 0) continue;
    const ConceptId above = graph_.node(id).category;
    if (above != 0 && commit_if_it_pays(weighed(graph_, thoughts::leave(), thoughts::leave_of(id)), journal)) {
      ++done;
      unmentioned.push_back(above);
    }
    const std::vector<ConceptId> parts = parts_of(graph_.node(id));
    if (!commit_if_it_pays(weighed(graph_, thoughts::dissolve(), thoughts::dissolve_of(id)), journal)) continue;
    ++done;
    unmentioned.insert(unmentioned.end(), parts.begin(), parts.end());
  }
  return done;
}

}  // namespace noema::reasoning
