#pragma once
// The transformer in training: forward over a batch of sequences, keeping what the backward pass needs. Reads top to
// bottom as its definition; inference.h computes the same function piece by piece against a cache.

#include <vector>

#include "transformer/kernels.h"
#include "transformer/model.h"
#include "transformer/network.h"
#include "transformer/ops.h"

namespace noema::transformer {

class TransformerNetwork final : public Network {
 public:
  /// For batches of at most sequences * length tokens in all, of sequences of at most `length`; shorter ones may be
  /// more.
  TransformerNetwork(const Shape& shape, int sequences, int length);

  double loss(const float* weights, const Batch& batch, float* losses = nullptr) override;
  double loss_and_gradient(float* gradient, const float* weights, const Batch& batch, float scale,
                           const Regularisation& regularisation, float* losses = nullptr) override;

 private:
  /// What the backward pass needs of a layer; what is cheap to compute again is not kept. [rows, ...]
  struct Layer {
    std::vector<float> input, inverse1, qkv, attention_weights, attended, middle, inverse2, gate_up;
  };
  /// Sequences that one task takes through the network, and their rows of every buffer.
  struct Group {
    int first_sequence, sequences, first_row, rows;
  };
  /// A layer's matrices, which all groups multiply with: packed once a pass.
  struct Packed {
    PackedMatrix qkv, out, gate_up, down;
  };
  void pack(const float* weights, bool backward);
  int groups(const Batch& batch) const;
  Group group(const Batch& batch, int index, int of) const;
  template <typename Visit>
  void for_groups(const Batch& batch, Visit visit) const;
  void drop_out(float* x, const Group& g, const Batch& batch, const Regularisation& regularisation, int place) const;
  void norm_backward(int which, const Group& g, const Batch& batch, const std::vector<float>& x, const float* gain,
                     const std::vector<float>& inverse);

  void forward(const float* weights, const Batch& batch, const Regularisation& regularisation);
  void forward_layer(int index, const Group& g, const float* weights, const Batch& batch,
                     const Regularisation& regularisation);
  void backward_layer(int index, const Group& g, const float* weights, const Batch& batch,
                      const Regularisation& regularisation);
  void weight_gradients(int index, float* gradient, const Batch& batch);
  void sum_gains(float* dgain, int which, const Batch& batch) const;
  Attention attention_of(const Batch& batch, int sequence) const;

  Shape shape_;
  int most_rows_, most_length_;
  Rotary rotary_;
  std::vector<Layer> layers_;
  std::vector<Packed> forward_weights_, backward_weights_;  // the latter transposed
  std::vector<float> x_, active_, inverse_final_, normed_final_;
  std::vector<float> dx_, dnormed_, dqkv_, dattended_, dgate_up_, dactive_, dscores_, logits_;
  // Inputs and output gradients of a layer's matrices, of all rows: what weight_gradients multiplies.
  std::vector<float> normed1_, normed2_, dattention_branch_, dfeed_forward_branch_;
  std::vector<float> dgains_;  // [sequences, 2, width]
};

}  // namespace noema::transformer
