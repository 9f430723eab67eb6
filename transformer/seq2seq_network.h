#pragma once
// Sequence-to-sequence models (Sutskever et al. 2014) in training: an LSTM encoder reads the source from its end to its
// beginning; an LSTM decoder starts from the encoder's last state and predicts the target; with attention
// (luong_attention.h) it uses all of the encoder's states. Source, target and output share one embedding.

#include <optional>
#include <vector>

#include "transformer/luong_attention.h"
#include "transformer/model.h"
#include "transformer/network.h"
#include "transformer/recurrent.h"

namespace noema::transformer {

/// The weights: the embedding [vocabulary, width], the encoder's layers, the decoder's layers, the attention's
/// matrices.
struct Seq2SeqShape {
  int vocabulary, width;
  bool attention;
  RecurrentShape encoder, decoder;

  Seq2SeqShape(const ModelOptions& options, int vocabulary_size);
  std::size_t embedding() const { return 0; }
  std::size_t score() const { return decoder.end(); }  ///< [width, width], if there is attention
  std::size_t combine() const {
    return score() + static_cast<std::size_t>(width) * static_cast<std::size_t>(width);
  }  ///< [2 width, width]
  Layout layout() const;
};

class Seq2SeqNetwork final : public Network {
 public:
  Seq2SeqNetwork(const Seq2SeqShape& shape, int sequences, int length);

  /// A batch's sequences are <s> source <sep> target; the tokens after <sep> are the targets.
  double loss(const float* weights, const Batch& batch, float* losses = nullptr) override;
  double loss_and_gradient(float* gradient, const float* weights, const Batch& batch, float scale,
                           const Regularisation& regularisation, float* losses = nullptr) override;

 private:
  /// The sequences of one side, as rows of equal length: sources are padded on the left, targets on the right.
  struct Side {
    int length = 1;
    std::vector<Token> inputs;
  };
  void divide(const Batch& batch);
  void forward(const float* weights, const Regularisation& regularisation);
  RecurrentStack::Pass source_pass(const float* weights, const Regularisation& regularisation) const;
  RecurrentStack::Pass target_pass(const float* weights, const Regularisation& regularisation);
  LuongAttention::Pass attention_pass(const float* weights, const Regularisation& regularisation) const;
  const float* output() const { return attention_ ? attention_->output() : decoder_.output(); }
  void put_losses(float* losses, const Batch& batch) const;

  Seq2SeqShape shape_;
  RecurrentStack encoder_, decoder_;
  std::optional<LuongAttention> attention_;
  int sequences_ = 0;
  Side source_, target_;
  std::vector<Token> targets_;       // of the target side
  std::vector<int> begins_, first_;  // of each sequence: the first column of its source; the position of <sep>
  std::vector<float> losses_, logits_;
};

}  // namespace noema::transformer
