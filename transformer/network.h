#pragma once
// The interface between training and the architectures: a network computes the loss over a batch of sequences and its
// gradient, both as functions of one flat array of weights (layout.h). make_network (architecture.h) returns the
// network of an architecture.

#include <cstdint>
#include <vector>

#include "transformer/tokenizer.h"

namespace noema::transformer {

/// Sequences of equal length.
struct Batch {
  int sequences = 0, length = 0;
  std::vector<Token> inputs;   // [sequences * length]
  std::vector<Token> targets;  // [sequences * length]; negative: not predicted
  std::vector<int> prefixes;   // [sequences]: first tokens that every token may see; 0: causal, length: bidirectional
};

struct Regularisation {
  float dropout = 0;
  std::uint64_t seed = 0;  // of the dropout masks

  /// The seed of one dropout mask: it differs between the places in a network and between the parts of a batch.
  std::uint64_t mask(int place, int part) const {
    return seed + 0x9e3779b97f4a7c15ULL * static_cast<std::uint64_t>(place + 1) +
           0xd1b54a32d192ed03ULL * static_cast<std::uint64_t>(part + 1);
  }
};

/// The passes over batches of up to a fixed size, with their buffers. A pass runs on all threads of the arena; its
/// result has the same bits on any number of threads. Not thread-safe.
class Network {
 public:
  virtual ~Network() = default;

  /// The sum of -ln p over the targets, without dropout. Unless null, losses [sequences * length] gets its terms.
  virtual double loss(const float* weights, const Batch& batch, float* losses = nullptr) = 0;

  /// The same with dropout. Sets gradient = d(scale * sum)/d(weights), laid out like the weights. Costs about three
  /// times as much as loss. Allocates memory in the first call only.
  virtual double loss_and_gradient(float* gradient, const float* weights, const Batch& batch, float scale,
                                   const Regularisation& regularisation, float* losses = nullptr) = 0;
};

}  // namespace noema::transformer
