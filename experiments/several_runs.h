#pragma once
// An experiment of several runs: one for each combination of its settings ([grid]) and each of its seeds. Each run is a
// whole one in a folder of its own, and what lies beside them sums them up:
//
//     OUT/seed-1                      seeds alone
//     OUT/protocol.think=2            settings alone
//     OUT/protocol.think=2/seed-1     both; OUT/protocol.think=2 sums up the seeds of a setting
//
// Several processes may work on one experiment, on one machine or on several that share the folder. One of them leads:
// it begins the experiment, does runs like the others, and alone writes what sums up. Nothing is sent between them:
// what is finished lies in the folder, and what is being done is claimed there (claims.h).

#include <string>
#include <vector>

#include "experiments/experiment.h"
#include "experiments/run_folder.h"

namespace noema::experiments {

struct OneRun {
  std::string name;         ///< its folder in the experiment's; "" if the experiment is this run
  ExperimentConfig config;  ///< of the run alone: without grid and seeds
};

/// All runs, settings in order and the seeds of each.
std::vector<OneRun> runs_of(const ExperimentConfig& config);

/// The same options for what lies in a folder of this name inside: it goes on with what is there, and has no ranks.
ExperimentOptions options_in(const ExperimentOptions& options, const std::string& name);

/// Is there a whole run in this folder?
bool is_finished(const std::filesystem::path& run);

/// As run_experiment, for an experiment of several runs. Finished ones are kept as they are. Throws base::Error, once
/// nothing is left to do, if a run did not finish; --resume repeats it. A helper (ExperimentOptions::rank) returns no
/// results, and nothing else if the process that leads does not begin within a minute.
ExperimentResult run_several(const ExperimentConfig& config, const ExperimentHooks& hooks,
                             const ExperimentOptions& options);

/// The run with this name alone, of an experiment that was begun in options.out. Throws base::Error if there is no such
/// run, no such experiment was begun, or another process does the run.
ExperimentResult run_one(const ExperimentConfig& config, const std::string& name, const ExperimentHooks& hooks,
                         const ExperimentOptions& options);

}  // namespace noema::experiments
