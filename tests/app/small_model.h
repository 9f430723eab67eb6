#pragma once
// A tiny model with random weights, for tests of what commands do with models.

#include <string>

#include "transformer/model.h"

namespace noema::tests {

/// One layer of width 16 over bytes; pairs as ModelOptions::pairs.
inline transformer::Model model_of(const std::string& architecture = "transformer", const std::string& pairs = "") {
  auto options = transformer::ModelOptions::preset("tiny");
  options.layers = 1;
  options.width = 16;
  options.heads = 2;
  options.context = 64;
  options.architecture = architecture;
  options.pairs = pairs;
  return transformer::Model::random(options, transformer::Tokenizer::train("bytes", {}, 1), 1);
}

}  // namespace noema::tests
