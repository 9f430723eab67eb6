#pragma once
// Recurrent language models in training: a stack of LSTM or GRU layers reads left to right, and the output matrix is
// tied to the embedding (Press & Wolf 2017). In ELMo (Peters et al. 2018) a second stack reads right to left and shares
// the embedding and the output matrix. Every sequence begins with the start token and a zero state.

#include <vector>

#include "transformer/model.h"
#include "transformer/network.h"
#include "transformer/recurrent.h"

namespace noema::transformer {

/// The weights: the embedding [vocabulary, width], then the stack that reads left to right, then, for ELMo, the stack
/// that reads right to left.
struct RecurrentNetworkShape {
  int vocabulary, width;
  std::vector<RecurrentShape> directions;

  /// The options' architecture is lstm, gru or elmo.
  RecurrentNetworkShape(const ModelOptions& options, int vocabulary_size);
  std::size_t embedding() const { return 0; }  ///< also the output matrix
  Layout layout() const;
};

class RecurrentNetwork final : public Network {
 public:
  /// For batches of at most `sequences` sequences of at most `length` tokens.
  RecurrentNetwork(const RecurrentNetworkShape& shape, int sequences, int length);

  /// The loss of the forward direction alone, which is the -ln p of a text.
  double loss(const float* weights, const Batch& batch, float* losses = nullptr) override;
  /// The loss and gradient of both directions together; `losses` are those of the forward direction.
  double loss_and_gradient(float* gradient, const float* weights, const Batch& batch, float scale,
                           const Regularisation& regularisation, float* losses = nullptr) override;

 private:
  RecurrentStack::Pass pass(std::size_t direction, const float* weights, const Batch& batch,
                            const Regularisation& regularisation) const;

  RecurrentNetworkShape shape_;
  std::vector<RecurrentStack> stacks_;  // one for each direction
  Batch reversed_;
  std::vector<float> logits_;
};

/// Reverses a batch's sequences: the inputs become <s>, the last token, ..., the second token, and the targets the last
/// token, ..., the first token. A sequence ends with its last predicted token. Reuses the memory of `reversed`.
void reverse(Batch& reversed, const Batch& batch);

}  // namespace noema::transformer
