#pragma once
// Streaming prediction: reads a text of any length token by token or line by line, and says before each token how
// likely every token is. The one reader for generating, scoring and the mind.

#include <functional>
#include <span>
#include <vector>

#include "transformer/inference.h"

namespace noema::transformer {

/// What a decoder knows before the next token. The spans are valid until the decoder reads on.
struct Position {
  std::span<const float> hidden;             ///< [width], after the final norm
  std::span<const float> log_probabilities;  ///< [vocabulary], natural logarithms; -infinity for specials
  float log_begin;                           ///< ln of the probability that the next token begins a unit
};

/// Reads with a cache. When the context is full it keeps the last half of it, read anew behind a start token: so, after
/// the first half window, every prediction sees at least half a window. Single-threaded; not thread-safe.
class Decoder {
 public:
  /// The model must outlive it.
  explicit Decoder(const Model& model);

  /// Forgets all and reads the start token.
  void reset();

  /// Predicts the next token.
  Position position() const;

  /// Tokens that it sees; to read them again after reset() restores what it knows.
  const std::vector<Token>& window() const { return window_; }

  /// Reads tokens as one batch as far as the context allows; visit(i, p), unless empty, is called in order with the
  /// position before tokens[i]. O(n (parameters + context width)), twice that where the context is full.
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
