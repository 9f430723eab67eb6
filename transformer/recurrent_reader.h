#pragma once
// A recurrent language model (lstm, gru, or the forward direction of elmo) that reads tokens one by one and predicts
// each next token. Single-threaded.

#include <span>
#include <stop_token>
#include <vector>

#include "transformer/model.h"
#include "transformer/recurrent.h"
#include "transformer/recurrent_network.h"

namespace noema::transformer {

class RecurrentReader {
 public:
  /// The model must outlive it. direction: 0 is left to right; 1 is right to left, which only elmo has. Throws Error
  /// for a model of another architecture. Reads the start token.
  explicit RecurrentReader(const Model& model, std::size_t direction = 0);

  /// The same for a pair: reads <s> source <sep>.
  RecurrentReader(const Model& model, std::span<const Token> source);

  /// Reads one token; returns the top layer's state [width], valid until the next call. O(layers width^2).
  std::span<const float> read(Token token);

  /// The hidden state [width] that predicts the next token.
  std::span<const float> output() const { return state_.top(); }

  /// Natural logarithms of the next token's probabilities, [vocabulary]; -infinity for specials. O(vocabulary width).
  std::vector<float> log_probabilities() const;

 private:
  const Model& model_;
  RecurrentNetworkShape shape_;
  RecurrentState state_;
};

/// A vector for each token of a line. skipgram: the token's vector, independent of its context [width]. lstm, gru: the
/// state after reading the token [width]. elmo: the states of both directions, concatenated [2 width]. transformer: the
/// bidirectional final hidden state [width]. Throws Error for seq2seq, which has no vectors for a single text.
std::vector<std::vector<float>> token_vectors(const Model& model, std::span<const Token> tokens,
                                              const std::stop_token& stop = {});

}  // namespace noema::transformer
