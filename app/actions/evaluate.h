#pragma once
// How well a model predicts text.

#include <filesystem>
#include <nlohmann/json.hpp>
#include <stop_token>
#include <vector>

#include "transformer/evaluate.h"

namespace noema::app {

struct EvaluateRequest {
  std::filesystem::path model;
  std::vector<std::filesystem::path> files;  ///< measured as one text
  int threads = 0;                           ///< 0: all cores
  std::stop_token stop{};
};

struct EvaluateValue {
  transformer::Evaluation evaluation;
};

/// Throws base::Error if the model or a file cannot be read, base::Interrupted when a stop is requested.
EvaluateValue evaluate(const EvaluateRequest& request);

/// {"bits_per_char","nats_per_char","word_perplexity","words","chars","lines","tokens"}; the perplexity is null for
/// text without white space.
nlohmann::ordered_json to_json(const EvaluateValue& value);

}  // namespace noema::app
