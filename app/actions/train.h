#pragma once
// Training a model on text, on pairs, or on both.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <nlohmann/json.hpp>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "transformer/corpus.h"
#include "transformer/trainer.h"

namespace noema::app {

struct TrainRequest {
  std::vector<std::filesystem::path> text;  ///< files to learn from
  std::filesystem::path pairs;              ///< file of lines source TAB target; empty: none
  transformer::PairColumns columns;         ///< of the file of pairs
  std::filesystem::path valid;              ///< file that the finished model is measured on; empty: none
  std::filesystem::path out;                ///< the model file; its checkpoint is checkpoint_of(out)
  transformer::ModelOptions model;
  transformer::TrainOptions training;  ///< its checkpoint is set from `out`
  bool force = false;                  ///< replace a model or checkpoint that exists
  std::function<void(const transformer::Progress&)> progress;
  std::function<void(const std::string&)> remark;
  std::stop_token stop{};
};

struct TrainValue {
  std::optional<double> train_bits_per_char{};  ///< absent without text, or if the training loss is not a likelihood
  std::optional<double> valid_bits_per_char{}, valid_word_perplexity{};
  double tokens_per_second = 0;
  std::size_t parameters = 0;
  std::uint64_t steps = 0;
  double seconds = 0;
  int vocabulary = 0;  ///< tokens
  std::string hash;    ///< of the model
};

/// The file beside a model from which its training can be resumed.
std::filesystem::path checkpoint_of(const std::filesystem::path& model);

/// Trains a model and writes it. Everything that can be wrong with the request is found before the training begins.
/// Throws base::Interrupted, saying how to go on, when a stop is requested; the checkpoint then stays.
TrainValue train(const TrainRequest& request);

/// {"train_bits_per_char","valid_bits_per_char","valid_word_perplexity","tokens_per_second","parameters","steps",
/// "seconds","vocabulary","hash"}; null for what is absent.
nlohmann::ordered_json to_json(const TrainValue& value);

}  // namespace noema::app
