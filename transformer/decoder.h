#pragma once
// Streaming prediction with a transformer: reads a text of any length, token by token or line by line, and predicts
// each token before it reads it. Generating, scoring and the mind use it.

#include <functional>
#include <span>
#include <vector>

#include "transformer/inference.h"

namespace noema::transformer {

/// A prediction of the next token. The spans are valid until the decoder reads on.
struct Position {
  std::span<const float> hidden;             ///< [width], after the final norm
  std::span<const float> log_probabilities;  ///< [vocabulary], natural logarithms; -infinity for specials
  float log_begin;                           ///< ln P(the next token begins a unit)
};

/// Reads with a cache of keys and values. When the context is full, the decoder keeps the last half of the tokens and
/// reads them again after a start token. So every prediction after the first half of a window sees at least half a
/// window. Single-threaded; not thread-safe.
class Decoder {
 public:
  /// The model must outlive it.
  explicit Decoder(const Model& model);

  /// Forgets everything and reads the start token.
  void reset();

  /// Predicts the next token.
  Position position() const;

  /// The tokens that predictions see. Reading them again after reset() restores the decoder's state.
  const std::vector<Token>& window() const { return window_; }

  /// Reads tokens, in one batch as far as the context allows. Calls visit(i, p), unless it is empty, with the
  /// prediction of each tokens[i], in order. O(n (parameters + context width)), twice that when the context is full.
  void append(std::span<const Token> tokens, const std::function<void(std::size_t, const Position&)>& visit = {});

 private:
  void make_room();
  void predict(std::span<const float> hidden, int rows);
  Position row(int index) const;

  const Model& model_;
  Inference inference_;
  std::vector<Token> window_;                                  // the tokens read since the start token
  std::vector<float> log_probabilities_, log_begin_, hidden_;  // of the rows predicted last
  std::vector<float> last_log_probabilities_, last_hidden_;
  float last_log_begin_ = 0;
};

}  // namespace noema::transformer
