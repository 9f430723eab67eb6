#pragma once
// A sequence-to-sequence model in use, without gradients: reads a source, then a target token by token, and says what
// stands behind each prediction. The plain version of seq2seq_network.h, a row at a time. Single-threaded.

#include <memory>
#include <span>
#include <vector>

#include "transformer/model.h"
#include "transformer/recurrent.h"
#include "transformer/seq2seq_network.h"

namespace noema::transformer {

class Seq2SeqReader {
 public:
  /// The model must outlive it. Reads the source from its end to its beginning, and the separator. Copies share what
  /// was read of the source. Throws Error for a model of another architecture. O(source layers width^2).
  Seq2SeqReader(const Model& model, std::span<const Token> source);

  /// Reads the target's next token. O(layers width^2 + source width).
  void read(Token token);

  /// What the next token's logits are the product of, [width].
  std::span<const float> output() const { return output_; }
  /// How much of each of the source's tokens is in output(), in the source's order; they sum to 1. Empty for a model
  /// without attention, and for no source.
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
