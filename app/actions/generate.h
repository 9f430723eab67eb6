#pragma once
// Continuing a text, or translating a line, by a model.

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <stop_token>
#include <string>

#include "transformer/translate.h"

namespace noema::app {

struct GenerateRequest {
  std::string prompt;
  int tokens = 64;                         ///< that are added to the prompt; a translation ends by itself
  double temperature = 0.8;                ///< 0 takes the likeliest token, 1 draws from the model's distribution
  transformer::TranslateOptions search{};  ///< of a translation
  std::uint64_t seed = 1;
  std::stop_token stop{};
};

struct GenerateValue {
  std::string prompt;
  std::string text;                       ///< the continuation or the translation, without the prompt
  std::size_t tokens = 0;                 ///< of `text`
  std::optional<double> log_probability;  ///< of a translation
};

/// Translates the prompt if the model was trained on pairs, otherwise continues it. Throws base::Error if the prompt is
/// not UTF-8 or the model predicts no text, base::Interrupted when a stop is requested.
GenerateValue generate(const transformer::Model& model, const GenerateRequest& request);

/// {"prompt","text","tokens"}, of a translation also "log_probability".
nlohmann::ordered_json to_json(const GenerateValue& value);

}  // namespace noema::app
