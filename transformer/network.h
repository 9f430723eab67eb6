#pragma once
// What a trainer trains and an evaluation measures, whatever its architecture: a loss over a batch of sequences and its
// gradient, as functions of one flat array of weights (layout.h). architecture.h makes the networks.

#include <cstdint>
#include <vector>

#include "transformer/tokenizer.h"

namespace noema::transformer {

/// Sequences of one length side by side.
struct Batch {
  int sequences = 0, length = 0;
  std::vector<Token> inputs;   // [sequences * length]
  std::vector<Token> targets;  // [sequences * length]; negative: not predicted
  std::vector<int> prefixes;   // [sequences]: how many first tokens all may see; 0 causal, length bidirectional
};

struct Regularisation {
  float dropout = 0;
  std::uint64_t seed = 0;  // of the dropout masks

  /// The seed of one mask: every place that drops has its own masks, and every part of a batch its own part of them.
  std::uint64_t mask(int place, int part) const {
    return seed + 0x9e3779b97f4a7c15ULL * static_cast<std::uint64_t>(place + 1) +
           0xd1b54a32d192ed03ULL * static_cast<std::uint64_t>(part + 1);
  }
};

/// Buffers for batches of up to a size, and the passes over them, on all threads of the arena, with the same bits on
/// any number of them. One caller at a time.
class Network {
 public:
  virtual ~Network() = default;

  /// Sum of -ln p over the targets, without dropout; losses (unless null): [sequences * length].
  virtual double loss(const float* weights, const Batch& batch, float* losses = nullptr) = 0;

  /// The same with dropout; sets gradient = d(scale * sum)/d(weights), laid out like the weights. About three times the
  /// cost of loss. Allocates nothing once it has seen a batch.
  virtual double loss_and_gradient(float* gradient, const float* weights, const Batch& batch, float scale,
                                   const Regularisation& regularisation, float* losses = nullptr) = 0;
};

}  // namespace noema::transformer
