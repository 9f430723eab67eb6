#pragma once
// The protocol of pairs that are told one by one: for each pair the learner translates the source, and is then told the
// target, of which each token is scored before it is learned. After each block of pairs it thinks.

#include "experiments/experiment.h"

namespace noema::experiments {

/// As run_experiment, for a stream that gives pairs. results.json has for each arm its metrics over all pairs,
/// `by_part` (the same over each fifth of the stream, in order), `late_bleu` (over its later half), `against` (bits of
/// the targets' tokens, as for texts) and `late_against`: {ARM: {"bleu","low","high","inside_noise"}}, the difference
/// of late_bleu to each other arm (bleu_difference.h). ARM.txt holds the translations, a line each. Throws base::Error
/// if the model was trained on a pair that is told.
ExperimentResult run_pair_experiment(const ExperimentConfig& config, const ExperimentHooks& hooks,
                                     const ExperimentOptions& options);

}  // namespace noema::experiments
