#pragma once
// Hidden states of text seen from both sides: the keys under which a mind stores what it read.

#include <span>
#include <vector>

#include "transformer/inference.h"

namespace noema::transformer {

class Encoder {
 public:
  /// The model must outlive it. Not thread-safe; one a thread.
  explicit Encoder(const Model& model) : model_(model), inference_(model) {}

  /// As Model::encode, without its allocations of caches.
  std::vector<float> encode(std::span<const Token> tokens, Mask mask);

 private:
  const Model& model_;
  Inference inference_;
  std::vector<Token> window_;
};

}  // namespace noema::transformer
