#pragma once
// results.json: what each arm cost, and how the arms differ.

#include <cstdint>
#include <nlohmann/json.hpp>
#include <stop_token>

#include "experiments/config.h"
#include "experiments/run_folder.h"
#include "reasoning/learner.h"

namespace noema::experiments {

/// bits, characters and words.
void put_costs(nlohmann::json& target, double bits, std::uint64_t characters, std::uint64_t words);

/// thinking_seconds, state_bytes, concepts, relations, thoughts, gain_bits.
void put_state(nlohmann::json& target, const reasoning::LearnerState& state);

/// {"name","seed","lines","words","characters","arms":[...]}: the finished arms in the config's order, each with
/// words_made_worse (against static, if it ran), file_bytes (of its life) and against: {ARM:
/// {"nats_per_word","low","high"}} for every other arm. gain_correlation: Pearson's r, over experiences, between the
/// gain claimed in one and the bits saved against the memory arm in the next; absent without both arms.
nlohmann::json summarise(const ExperimentConfig& config, const RunFolder& folder, const std::stop_token& stop = {});

}  // namespace noema::experiments
