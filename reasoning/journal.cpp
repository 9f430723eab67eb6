#include "reasoning/journal.h"

#include <fmt/format.h>

#include "base/error.h"
#include "reasoning/thoughts/registry.h"

namespace noema::reasoning {

using nlohmann::json;

namespace {

constexpr std::size_t kEvidence = 8;

/// The inputs of some of the occurrences, evenly spread.
std::vector<memory::EpisodeId> evidence_of(const concepts::Graph& graph, const Thought& thought) {
  if (!thought.account.evidence.empty()) return thought.account.evidence;
  std::vector<memory::EpisodeId> evidence;
  const auto& occurrences = thought.occurrences;
  const std::size_t step = std::max<std::size_t>(1, occurrences.size() / kEvidence);
  for (std::size_t i = 0; i < occurrences.size() && evidence.size() < kEvidence; i += step) {
    const auto episode = static_cast<memory::EpisodeId>(graph.stream().episode_of(occurrences[i])) + 1;
    if (evidence.empty() || evidence.back() != episode) evidence.push_back(episode);
  }
  return evidence;
}

std::string reason_of(const Thought& thought) {
  if (!thought.account.reason.empty()) return thought.account.reason;
  return fmt::format("{} occurrences; {:.1f} bits shorter, {:.1f} needed for {:.0f} alternatives",
                     thought.occurrences.size(), thought.gain_bits, thought.needed_bits, thought.candidates);
}

json details_of(const Thought& thought) {
  json details = thought.account.details;
  details["needed_bits"] = thought.needed_bits;
  details["occurrences"] = thought.occurrences.size();
  if (thought.for_budget)
    details["budget"] = true;
  else if (thought.taken)
    details["taken"] = *thought.taken;
  if (!thought.before.empty()) details["before"] = thought.before;
  return details;
}

}  // namespace

memory::ThoughtRow row_of(const concepts::Graph& graph, const Thought& thought, double time,
                          memory::EpisodeId after_episode) {
  memory::ThoughtRow row;
  row.time = time;
  row.kind = thought.kind->name();
  row.operands = thought.operands.dump();
  for (const ConceptRole& one : thought.kind->concepts(graph, thought))
    row.concepts.push_back({one.id, std::string(name_of(one.role))});
  row.result = thought.result;
  row.gain_bits = thought.gain_bits;
  row.cost_seconds = thought.seconds;
  row.candidates = static_cast<std::int64_t>(thought.candidates);
  row.evidence = evidence_of(graph, thought);
  row.reason = reason_of(thought);
  row.details = details_of(thought).dump();
  row.after_episode = after_episode;
  return row;
}

Thought thought_of(const memory::ThoughtRow& row) {
  Thought thought;
  thought.kind = &kind_named(row.kind);
  try {
    thought.operands = json::parse(row.operands);
    const json details = json::parse(row.details);
    thought.before = details.value("before", json::object());
    thought.needed_bits = details.value("needed_bits", 0.0);
    thought.for_budget = details.value("budget", false);
    if (details.contains("taken")) thought.taken = details["taken"].get<std::uint64_t>();
    // Format 1 counted batches of 32, from 0 after each input.
    if (details.contains("batch")) thought.taken = 32 * (details["batch"].get<std::uint64_t>() + 1);
  } catch (const json::exception&) {
    throw base::Error(fmt::format("thought:{} of the log cannot be read; run `noema check`", row.id));
  }
  thought.result = static_cast<concepts::ConceptId>(row.result);
  thought.gain_bits = row.gain_bits;
  thought.candidates = static_cast<double>(row.candidates);
  thought.seconds = row.cost_seconds;
  thought.account.evidence = row.evidence;
  thought.account.reason = row.reason;
  thought.number = static_cast<std::uint64_t>(row.id);
  return thought;
}

}  // namespace noema::reasoning
