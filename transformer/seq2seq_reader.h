#pragma once
// A sequence-to-sequence model without gradients: reads a source, then a target token by token, and gives the attention
// of each prediction. It is the plain version of seq2seq_network.h, one row at a time. Single-threaded.

#include <memory>
#include <span>
#include <vector>

#include "transformer/model.h"
#include "transformer/recurrent.h"
#include "transformer/seq2seq_network.h"

namespace noema::transformer {

class Seq2SeqReader {
 public:
  /// The model must outlive it. Reads the source from its end to its beginning, then the separator. Copies share the
  /// encoder's states. Throws Error for a model of another architecture. O(source layers width^2).
  Seq2SeqReader(const Model& model, std::span<const Token> source);

  /// Reads the target's next token. O(layers width^2 + source width).
  void read(Token token);

  /// The vector [width] whose product with the embedding is the next token's logits.
  std::span<const float> output() const { return output_; }
  /// The attention weights behind output(), one for each token of the source, in its order; they sum to 1. Empty for a
  /// model without attention, and for an empty source.
  std::span<const float> attention() const { return attention_; }

 private:
  void attend(std::span<const float> state);

  const Model& model_;
  Seq2SeqShape shape_;
  RecurrentState state_;
  std::shared_ptr<const std::vector<float>> memory_;  // the encoder's states in the source's order, [source, width]
  std::vector<float> output_, attention_, query_, combined_;
};

}  // namespace noema::transformer
