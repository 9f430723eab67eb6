#pragma once
// What the parts of noema_bench share.

#include <cstdint>
#include <optional>
#include <string>

namespace noema::app {

/// Printed as one JSON object a line: {"name","value","unit","peer"?,"ratio"?,"goal"?}.
struct Figure {
  std::string name;
  double value = 0;
  std::string unit;
  std::optional<double> peer;   ///< the same quantity of what it is measured against
  std::optional<double> ratio;  ///< how many times better than the peer: above 1 is better
  std::optional<double> goal;   ///< of the ratio if there is one, else of the value
};
void report(const Figure& figure);

/// Allocations of this process since its start, those of libraries too; 0 always under sanitizers.
std::uint64_t allocations_so_far();

/// The transformer beside SGEMM, PyTorch (if python3 has it) and the rate at which memory is read. native: a second
/// noema_bench, built for this CPU, whose training step is measured in turns with this one's; empty for none.
void bench_transformer(const std::string& native, int rounds);

/// One measurement of training steps of configuration G in this process: {"tokens_per_second", "resident_bytes" above
/// the idle process, "allocations" a step}.
void bench_step(int threads, double seconds);

}  // namespace noema::app
