#pragma once
// Bidirectional hidden states of a text. A mind uses them as the keys under which it stores what it read.

#include <span>
#include <vector>

#include "transformer/inference.h"

namespace noema::transformer {

class Encoder {
 public:
  /// The model must outlive it. Not thread-safe: each thread needs its own.
  explicit Encoder(const Model& model) : model_(model), inference_(model) {}

  /// Returns what Model::encode does, but allocates no new caches.
  std::vector<float> encode(std::span<const Token> tokens, Mask mask);

 private:
  const Model& model_;
  Inference inference_;
  std::vector<Token> window_;
};

}  // namespace noema::transformer
