#pragma once
// The network in training: forward over a batch of sequences, keeping what the backward pass needs. Reads top to bottom
// as the transformer's definition; inference.h computes the same function piece by piece against a cache.

#include <span>
#include <vector>

#include "transformer/model.h"
#include "transformer/ops.h"

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
};

/// One worker's buffers for batches of one size. Not thread-safe; one a thread.
class Network {
 public:
  Network(const Shape& shape, int sequences, int length);

  /// Sum of -ln p over the targets, without dropout; losses (unless null): [sequences * length].
  double loss(const float* weights, const Batch& batch, float* losses = nullptr);

  /// The same with dropout; adds d(scale * sum)/d(weights) to gradient, laid out like the weights.
  double loss_and_gradient(float* gradient, const float* weights, const Batch& batch, float scale,
                           const Regularisation& regularisation, float* losses = nullptr);

 private:
  struct Layer {
    std::vector<float> input, inverse1, normed1, qkv, attention_weights, attended, middle, inverse2, normed2, gate_up,
        active;
  };
  void forward(const float* weights, const Batch& batch, const Regularisation& regularisation);
  void forward_layer(int index, const float* weights, const Batch& batch, const Regularisation& regularisation);
  void backward_layer(int index, float* gradient, const float* weights, const Batch& batch,
                      const Regularisation& regularisation);
  Attention attention_of(const Batch& batch, int sequence) const;

  Shape shape_;
  int rows_;
  Rotary rotary_;
  std::vector<Layer> layers_;
  std::vector<float> x_, branch_, inverse_final_, normed_final_;
  std::vector<float> dx_, dbranch_, dnormed_, dqkv_, dattended_, dgate_up_, dactive_, dscores_, logits_;
};

}  // namespace noema::transformer
