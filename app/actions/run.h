#pragma once
// Running an experiment.

#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>

#include "experiments/experiment.h"

namespace noema::app {

struct RunRequest {
  std::string experiment;             ///< EXPERIMENT.toml
  std::string out;                    ///< folder
  std::string only;                   ///< one run of an experiment of several, that was begun; empty: all of it
  std::optional<std::uint64_t> seed;  ///< absent: the experiment file's seed
  int threads = 0;                    ///< 0: all cores
  bool resume = false, force = false;
  /// That does runs of an experiment of several in processes of their own; empty: this process does them one by one.
  std::string program;
  std::string code_version;
  std::function<void(const experiments::Progress&)> progress;
  std::function<void(const std::string&)> remark;
  std::stop_token stop;
};

/// Checks the whole request before the work begins: the experiment file, its data, its arms, and the folder. Throws
/// base::Interrupted, saying how to go on, when a stop is requested. A helper among the processes that mpirun or srun
/// started gets no results.
experiments::ExperimentResult run(const RunRequest& request);

}  // namespace noema::app
