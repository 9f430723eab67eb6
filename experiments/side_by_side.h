#pragma once
// The runs of an experiment, done by this process and by others beside it.

#include <map>
#include <string>
#include <vector>

#include "experiments/several_runs.h"

namespace noema::experiments {

/// Numbers of claims (claims.h): who leads, and who does the run at an index of runs_of().
inline constexpr std::size_t kLeader = 0;
constexpr std::size_t claim_of_run(std::size_t index) { return index + 1; }

/// Does the runs that are neither finished nor done by another process, each in a process of its own
/// (ExperimentHooks::command_of), options.processes at once; without such a command one after another in this process.
/// A run whose process ends without finishing it costs nothing else, and is tried again by other processes only. A
/// helper returns when nothing is left to begin, the others when no run is being done. Returns what runs that did not
/// finish complained of, by their names. A stop is handed on, and waited for.
std::map<std::string, std::string> do_side_by_side(const std::vector<OneRun>& runs, const ExperimentHooks& hooks,
                                                   const ExperimentOptions& options);

}  // namespace noema::experiments
