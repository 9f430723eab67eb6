#include "app/actions/audit.h"

#include "app/actions/text_lines.h"
#include "app/lives.h"
#include "base/failure_context.h"
#include "base/stop.h"
#include "experiments/statistics.h"
#include "reasoning/journal.h"
#include "reasoning/replay.h"

namespace noema::app {
namespace {

/// The gain of each thought that stands; 0 for kinds that are not decided by L.
std::vector<double> claimed_gains(const memory::Life& life) {
  std::vector<double> gains;
  memory::for_each_log_entry(life, 0, [&](const memory::LogEntry& entry) {
    if (entry.kind != memory::LogKind::kThought || entry.thought->undone_by != 0) return;
    const bool decided = reasoning::thought_of(*entry.thought).kind->is_decided_by_description();
    gains.push_back(decided ? entry.thought->gain_bits : 0);
  });
  return gains;
}

/// L of the graph of a life with its first thoughts, and by how much the text makes it grow.
struct Description {
  double bits = 0, text_bits = 0;
};

Description described(const memory::Life& life, std::uint64_t thoughts, const std::vector<std::string>& lines) {
  concepts::Graph graph = reasoning::graph_after(life, thoughts);
  const double bits = concepts::description_bits(graph);
  return {bits, reasoning::description_growth(graph, lines)};
}

double correlation_of(const std::vector<AuditedGain>& blocks) {
  std::vector<double> claimed, realised;
  for (const AuditedGain& block : blocks) {
    claimed.push_back(block.claimed_bits);
    realised.push_back(block.realised_bits);
  }
  return experiments::correlation(claimed, realised);
}

}  // namespace

AuditValue audit(const AuditRequest& request) {
  const base::FailureContext context("auditing thoughts");
  const memory::Life life = open_to_read(request.life);
  std::size_t begin = 0;
  const std::vector<std::string> lines = take_words(lines_to_read(request.file, "audit on"), begin, request.words);
  const std::vector<double> gains = claimed_gains(life);
  const Description unthinking = described(life, 0, lines);
  AuditValue value;
  value.text_bits = unthinking.text_bits;
  Description last = unthinking;
  std::size_t done = 0;
  for (std::uint64_t block = 1; block <= request.blocks; ++block) {
    base::stop_if_requested(request.stop);
    const std::size_t until = gains.size() * block / request.blocks;
    if (until == done) continue;
    AuditedGain gain{.thoughts = until};
    for (; done < until; ++done) gain.claimed_bits += gains[done];
    const Description now = described(life, until, lines);
    gain.recomputed_bits = last.bits - now.bits;
    gain.realised_bits = last.text_bits - now.text_bits;
    value.total.claimed_bits += gain.claimed_bits;
    value.blocks.push_back(gain);
    last = now;
  }
  value.total.thoughts = gains.size();
  value.total.recomputed_bits = unthinking.bits - last.bits;
  value.total.realised_bits = unthinking.text_bits - last.text_bits;
  value.ratio = value.total.claimed_bits > 0 ? value.total.realised_bits / value.total.claimed_bits : 0;
  value.correlation = correlation_of(value.blocks);
  return value;
}

nlohmann::ordered_json to_json(const AuditedGain& gain) {
  return {{"thoughts", gain.thoughts},
          {"claimed_bits", gain.claimed_bits},
          {"recomputed_bits", gain.recomputed_bits},
          {"realised_bits", gain.realised_bits}};
}

nlohmann::ordered_json to_json(const AuditValue& value) {
  nlohmann::ordered_json object = to_json(value.total);
  object["of_bits"] = value.text_bits;
  object["ratio"] = value.ratio;
  object["correlation"] = value.correlation;
  return object;
}

}  // namespace noema::app
