#pragma once
// The transformer in training: the forward pass over a batch of sequences keeps what the backward pass needs. The
// source reads from top to bottom like the definition of the network; inference.h computes the same function with a
// cache.

#include <vector>

#include "transformer/kernels.h"
#include "transformer/model.h"
#include "transformer/network.h"
#include "transformer/ops.h"

namespace noema::transformer {

class TransformerNetwork final : public Network {
 public:
  /// For batches of at most sequences * length tokens, in sequences of at most `length` tokens; a batch of shorter
  /// sequences may have more of them.
  TransformerNetwork(const Shape& shape, int sequences, int length);

  double loss(const float* weights, const Batch& batch, float* losses = nullptr) override;
  double loss_and_gradient(float* gradient, const float* weights, const Batch& batch, float scale,
                           const Regularisation& regularisation, float* losses = nullptr) override;

 private:
  /// What the backward pass needs from a layer, except for what is cheap to compute again. [rows, ...]
  struct Layer {
    std::vector<float> input, inverse1, qkv, attention_weights, attended, middle, inverse2, gate_up;
  };
  /// The sequences that one task processes, and their rows in all buffers.
  struct Group {
    int first_sequence, sequences, first_row, rows;
  };
  /// A layer's matrices, packed once in a pass for all groups.
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
  // Inputs and output gradients of a layer's matrices, for all rows: the factors in weight_gradients.
  std::vector<float> normed1_, normed2_, dattention_branch_, dfeed_forward_branch_;
  std::vector<float> dgains_;  // [sequences, 2, width]
};

}  // namespace noema::transformer
