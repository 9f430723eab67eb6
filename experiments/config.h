#pragma once
// EXPERIMENT.toml: the stream, what settings are tuned on, the arms, the model and the protocol, and what of all this
// varies.

#include <cstdint>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "experiments/streams/stream.h"

namespace noema::experiments {

/// [model]: either a model file, or what to train one with. Absent numbers are the preset's own.
struct ModelConfig {
  std::string file;            ///< as written; empty: train one
  std::filesystem::path path;  ///< the same, found from the experiment file's folder
  std::string preset = "tiny";
  std::string tokenizer;     ///< empty: the preset's
  std::string objective;     ///< causal, prefix or masked; empty: causal
  std::string architecture;  ///< of a translator, as noema train --arch takes it; empty: transformer
  std::string attention;     ///< of architecture seq2seq: luong or none; empty: luong
  std::optional<std::int64_t> steps;
  std::optional<double> minutes;
  std::optional<double> epochs;
  std::optional<std::int64_t> layers;
  std::optional<std::int64_t> width;
  std::optional<std::int64_t> heads;
  std::optional<std::int64_t> context;
  std::optional<std::int64_t> batch;
  std::optional<double> dropout;
  std::optional<double> learning_rate;
  std::size_t train_lines = 0;                    ///< the first lines of the stream train the model and are not scored
  std::vector<std::string> text;                  ///< or these files do
  std::vector<std::filesystem::path> text_paths;  ///< found from the experiment file's folder
  std::uint64_t seed = 1;                         ///< the experiment's
};

/// [protocol]
struct ProtocolConfig {
  std::size_t block = 100;    ///< lines an experience: scored and learned line by line, then thought about
  std::uint64_t think = 2;    ///< proposals evaluated for each input, in one go at the end of its experience
  std::size_t max_lines = 0;  ///< stop after this many scored lines; 0 reads all
  double tune_share = 0.1;    ///< share of the stream, at its front, on which arms may tune settings; never scored
};

/// A key of the file and the values that it takes in turn ([grid]).
struct Varied {
  std::string key;  ///< "protocol.think"
  nlohmann::json values = nlohmann::json::array();
  std::uint32_t line = 0;  ///< of the file
};

struct ExperimentConfig {
  std::string name;
  std::uint64_t seed = 1;
  std::vector<std::uint64_t> seeds;  ///< a run for each; empty: one run, with `seed`
  ModelConfig model;
  StreamConfig stream;
  std::optional<StreamConfig> tuning;  ///< [tuning]: what arms tune settings on, instead of the stream's front
  ProtocolConfig protocol;
  std::vector<std::string> arms;
  std::filesystem::path source;  ///< the file it was read from

  std::vector<Varied> grid;                ///< [grid], but for the seed, whose values are `seeds`
  std::vector<ExperimentConfig> settings;  ///< an experiment for each combination of the grid; its first key is slowest
  std::string setting;                     ///< of such an experiment: its folder, "protocol.think=2"
  nlohmann::json chosen;                   ///< of such an experiment: {"protocol.think": 2}
};

/// Reads an experiment file. Paths in it are relative to its folder. Throws base::Error with file:line, what was found
/// and what is expected, for: no such file, not TOML, unknown key, wrong type, value out of range, unknown arm or
/// stream, missing data.
ExperimentConfig read_config(const std::filesystem::path& path);

/// The experiment, and each of its settings, is one run with this seed.
void use_seed(ExperimentConfig& config, std::uint64_t seed);

/// Every setting that decides the result, in canonical order; paths as written.
nlohmann::json to_json(const ExperimentConfig& config);

/// SHA-256 of to_json.
std::string config_hash(const ExperimentConfig& config);

}  // namespace noema::experiments
