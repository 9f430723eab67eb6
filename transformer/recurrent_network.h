#pragma once
// Recurrent language models in training: a stack of LSTM or GRU layers that reads left to right, its output matrix tied
// with the embedding (Press & Wolf 2017); and ELMo (Peters et al. 2018), where a second stack reads right to left and
// shares both. Every sequence begins from the start token and a zero state.

#include <vector>

#include "transformer/model.h"
#include "transformer/network.h"
#include "transformer/recurrent.h"

namespace noema::transformer {

/// The embedding [vocabulary, width] first, then the stack that reads left to right, then, for ELMo, the other.
struct RecurrentNetworkShape {
  int vocabulary, width;
  std::vector<RecurrentShape> directions;

  /// Of a model whose architecture is lstm, gru or elmo.
  RecurrentNetworkShape(const ModelOptions& options, int vocabulary_size);
  std::size_t embedding() const { return 0; }  ///< also the output matrix
  Layout layout() const;
};

class RecurrentNetwork final : public Network {
 public:
  /// For batches of at most `sequences` sequences of at most `length` tokens.
  RecurrentNetwork(const RecurrentNetworkShape& shape, int sequences, int length);

  /// Of the forward direction alone, so that it is a text's.
  double loss(const float* weights, const Batch& batch, float* losses = nullptr) override;
  /// Returns and follows the sum over both directions; losses are the forward one's.
  double loss_and_gradient(float* gradient, const float* weights, const Batch& batch, float scale,
                           const Regularisation& regularisation, float* losses = nullptr) override;

 private:
  RecurrentStack::Pass pass(std::size_t direction, const float* weights, const Batch& batch,
                            const Regularisation& regularisation) const;

  RecurrentNetworkShape shape_;
  std::vector<RecurrentStack> stacks_;  // a direction each
  Batch reversed_;
  std::vector<float> logits_;
};

/// A batch's sequences from their ends: <s>, last token, ..., second token, predicting the last, ..., the first. A
/// sequence ends with its last predicted token. Reuses the memory of `reversed`.
void reverse(Batch& reversed, const Batch& batch);

}  // namespace noema::transformer
