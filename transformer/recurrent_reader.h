#pragma once
// A recurrent language model in use: reads tokens one by one and says how likely each next one is. lstm, gru, and the
// forward direction of elmo. Single-threaded.

#include <span>
#include <stop_token>
#include <vector>

#include "transformer/model.h"
#include "transformer/recurrent.h"
#include "transformer/recurrent_network.h"

namespace noema::transformer {

class RecurrentReader {
 public:
  /// The model must outlive it. direction: 0 left to right; 1 right to left, of elmo alone. Throws Error for a model of
  /// another architecture. Begins with the start token read.
  explicit RecurrentReader(const Model& model, std::size_t direction = 0);

  /// The same for a pair: has read <s> source <sep>.
  RecurrentReader(const Model& model, std::span<const Token> source);

  /// Reads one token; returns the top layer's state [width], valid until the next call. O(layers width^2).
  std::span<const float> read(Token token);

  /// The state that predicts the next token, [width].
  std::span<const float> output() const { return state_.top(); }

  /// Natural logarithms of the next token's probabilities, [vocabulary]; -infinity for specials. O(vocabulary width).
  std::vector<float> log_probabilities() const;

 private:
  const Model& model_;
  RecurrentNetworkShape shape_;
  RecurrentState state_;
};

/// A vector of each token of a line. skipgram: the token's own, whatever stands around it [width]. lstm, gru: the state
/// after reading it [width]. elmo: of both directions, side by side [2 width]. transformer: the final hidden state
/// that sees both sides [width]. Throws Error for seq2seq, which has no vectors of a text by itself.
std::vector<std::vector<float>> token_vectors(const Model& model, std::span<const Token> tokens,
                                              const std::stop_token& stop = {});

}  // namespace noema::transformer
