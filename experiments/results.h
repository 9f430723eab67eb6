#pragma once
// results.json: what each arm cost, and how the arms differ.

#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <stop_token>
#include <string>
#include <vector>

#include "experiments/config.h"
#include "experiments/run_folder.h"
#include "reasoning/learner.h"

namespace noema::experiments {

/// bits, characters and words.
void put_costs(nlohmann::json& target, double bits, std::uint64_t characters, std::uint64_t words);

/// thinking_seconds, state_bytes, concepts, relations, thoughts, gain_bits.
void put_state(nlohmann::json& target, const reasoning::LearnerState& state);

/// What each arm scored, a list a run: bits of words, or 1 for an item that is right and 0 for another.
using RunBits = std::map<std::string, std::vector<std::vector<float>>>;
enum class Compared { kWords, kItems };

/// {OTHER: {"low","high","inside_noise"} and "nats_per_word" or, for items, "accuracy"} for every other arm, by a
/// paired bootstrap; inside_noise: the interval holds 0.
nlohmann::json differences(const std::string& arm, const RunBits& bits, Compared what, std::uint64_t seed,
                           const std::stop_token& stop);

/// The arm that a report is about: noema if it ran, else its classes alone, else the last one; "" without arms.
std::string main_arm_of(const nlohmann::json& results);
/// How that arm differs from each other, a line each; "" if they were not compared.
std::string differences_text(const nlohmann::json& results);

/// {"name","seed","lines","words","characters","arms":[...]}: the finished arms in the config's order, each with
/// words_made_worse (against static, if it ran), file_bytes (of its life) and against: {ARM:
/// {"nats_per_word","low","high","inside_noise"}} for every other arm. gain_correlation: Pearson's r, over experiences,
/// between the gain claimed in one and the bits saved against the memory arm in the next; absent without both arms.
nlohmann::json summarise(const ExperimentConfig& config, const RunFolder& folder, const std::stop_token& stop = {});

}  // namespace noema::experiments
