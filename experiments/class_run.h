#pragma once
// The protocol of class-incremental experiments: a learner learns one task after another, each item once, and after
// each task (and before the first) is asked about the items of all tasks; after the last, about items of no class too.
// Metrics fold the answers. A learner is told no label of what it is asked about.

#include "experiments/experiment.h"

namespace noema::experiments {

/// As run_experiment, for a stream that gives tasks. results.json has for each arm its metrics, `accuracy_matrix` (rows
/// after 0, 1 .. T tasks, a column a task), bytes and seconds, and `against`: the difference of the final accuracies to
/// each other arm with a paired bootstrap interval. ARM.bits: 1 for each item that is right after the last task, 0 for
/// the others. Throws base::Error if the stream leaks.
ExperimentResult run_class_experiment(const ExperimentConfig& config, const ExperimentHooks& hooks,
                                      const ExperimentOptions& options);

}  // namespace noema::experiments
