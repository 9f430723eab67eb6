#pragma once
// What a head of a model attends to in a text.

#include <nlohmann/json.hpp>
#include <stop_token>
#include <string>

#include "transformer/attention_map.h"

namespace noema::app {

struct AttentionRequest {
  std::string text;         ///< one line; for seq2seq the source, or source TAB target
  int layer = 0, head = 0;  ///< from 0
  bool both_sides = false;  ///< read in both directions, as a model of pairs with the objective prefix always does
  std::stop_token stop{};
};

struct AttentionValue {
  transformer::AttentionMap map;
};

/// Throws base::Error if the text is not UTF-8 or too long, base::UsageError if there is no such layer or head,
/// base::Interrupted when a stop is requested.
AttentionValue attention(const transformer::Model& model, const AttentionRequest& request);

/// {"tokens","readers","layer","head","weights"}.
nlohmann::ordered_json to_json(const AttentionValue& value);

}  // namespace noema::app
