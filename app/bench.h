#pragma once
// Declarations shared by the parts of noema_bench.

#include <cstdint>
#include <optional>
#include <string>

namespace noema::app {

/// One measurement, printed as one JSON object per line: {"name","value","unit","peer"?,"ratio"?,"goal"?}.
struct Figure {
  std::string name;
  double value = 0;
  std::string unit;
  std::optional<double> peer;   ///< the same quantity of the program or limit that it is compared with
  std::optional<double> ratio;  ///< how many times better than the peer; above 1 is better
  std::optional<double> goal;   ///< for the ratio if there is one, otherwise for the value
};
void report(const Figure& figure);

/// The number of allocations of this process since its start, including those of libraries; always 0 under sanitizers.
std::uint64_t allocations_so_far();

/// Compares the transformer with SGEMM, with PyTorch (if python3 has it) and with the bandwidth of memory. native:
/// another noema_bench that was compiled for this CPU; its training steps are measured alternately with ours. Empty:
/// none.
void bench_transformer(const std::string& native, int rounds);

/// Measures training steps of configuration G in this process: {"tokens_per_second", "resident_bytes" in addition to
/// the idle process, "allocations" in a step}.
void bench_step(int threads, double seconds);

}  // namespace noema::app
