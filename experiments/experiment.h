#pragma once
// The door: an experiment shows the same stream to several learners (arms), one experience after another, and writes
// down what each line cost them before they learned from it.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <nlohmann/json.hpp>
#include <stop_token>
#include <string>
#include <vector>

#include "base/clock.h"
#include "experiments/config.h"
#include "experiments/rank.h"
#include "reasoning/learner.h"

namespace noema::experiments {

/// What an arm is made with.
struct ArmOptions {
  std::filesystem::path model;  ///< the model file all arms share
  std::uint64_t seed = 1;
  unsigned threads = 1;                 ///< that the arm may use inside
  std::vector<std::string> tune_lines;  ///< lines set apart for tuning settings (the cache's); they are never scored
};

using LearnerFactory = std::function<std::unique_ptr<reasoning::Learner>(
    const std::string& arm, const std::filesystem::path& life_path, const ArmOptions&)>;

/// Trains a model on `lines` and writes it to `out`.
using ModelTrainer =
    std::function<void(const ModelConfig&, const std::vector<std::string>& lines, const std::filesystem::path& out)>;

/// Trains a translator on pairs and writes it to `out`, and which pairs those were (transformer/trained_pairs.h).
using TranslatorTrainer = std::function<void(const ModelConfig&, const std::vector<reasoning::ToldPair>& pairs,
                                             const std::filesystem::path& out)>;

/// What the report shows of a life: {"nodes":[{"id","label","labels"?,"kind","count"}],
/// "edges":[{"from","to","type","weight"}], "thoughts":[{"id","kind","label","gain_bits","reason"}]}; any key may be
/// absent. Only the best of each need be given (some hundred).
using LifePortrait = std::function<nlohmann::json(const std::filesystem::path& life)>;

/// What an experiment cannot make by itself; the caller gives it.
struct ExperimentHooks {
  LearnerFactory make_learner;         ///< called once an arm; the life path does not exist then
  ModelTrainer train_model;            ///< needed unless the config names a model file
  TranslatorTrainer train_translator;  ///< likewise, where a stream gives pairs
  LifePortrait life_portrait;          ///< may be empty: the report then has no picture
  /// The program, with its arguments, that does one run of an experiment of several by run_one() (several_runs.h). May
  /// be empty: runs are then done in this process.
  std::function<std::vector<std::string>(const std::string& run)> command_of;
};

/// Told after every experience, or every half second for runs in other processes; calls never overlap. arm is "model"
/// with experiences 0 of 0 while the model is trained.
struct Progress {
  std::string arm;
  std::size_t experience = 0;
  std::size_t experiences = 0;
  double bits_per_char = 0;  ///< of the arm so far
  std::string figure = {};   ///< for people, where it is another: "accuracy 91.0%"
  std::string run = {};      ///< name of the run, of an experiment of several
  std::size_t runs_finished = 0, runs = 1;
};

struct ExperimentOptions {
  std::filesystem::path out;  ///< folder; made if absent
  bool resume = false;        ///< go on with the same experiment: finished arms (and a finished model) are kept
  bool force = false;         ///< begin anew over whatever experiment the folder holds
  unsigned arms_at_once = 1;  ///< arms run side by side on oneTBB; numbers are the same, seconds are less exact
  unsigned threads = 1;       ///< handed to each arm
  unsigned processes = 1;     ///< of an experiment of several runs, so many at once; numbers are the same
  Rank rank = {};             ///< of this process among those that work on such an experiment together
  std::string code_version;   ///< recorded
  std::string command;        ///< recorded: how to do this again
  const base::Clock* clock = nullptr;             ///< absent: the system's
  std::function<void(const Progress&)> progress;  ///< may be empty
  std::stop_token stop;  ///< once requested, arms end after their line; run_experiment returns unfinished
};

struct ExperimentResult {
  bool finished = false;   ///< false if stopped: go on with resume
  nlohmann::json results;  ///< as in results.json, with the seconds of timings.json
  std::filesystem::path report;
};

/// Runs `config` and writes into options.out: manifest.json, results.json (the same however often it is run),
/// timings.json, events.jsonl, CSV files (csv.h), report.html, with several runs a folder for each (several_runs.h),
/// else for each arm ARM.life (what the factory made) and ARM.bits (float32 bits of each word). Arms already finished
/// are not run again with resume; an unfinished arm begins anew. Throws base::Error if the folder holds another
/// experiment or this one without resume or force, or if the stream, model or folder fails.
ExperimentResult run_experiment(const ExperimentConfig& config, const ExperimentHooks& hooks,
                                const ExperimentOptions& options);

}  // namespace noema::experiments
