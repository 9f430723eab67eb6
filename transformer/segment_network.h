#pragma once
// The network over a stream that is learned from as it is read: a cache of keys and values as inference.h has it, and,
// for the newest tokens (the segment), what the backward pass needs. So one forward pass both scores a segment and is
// differentiated. The gradient stops at the cache, as in Transformer-XL (Dai et al. 2019).
//
// Weights are laid out as Shape says, followed by the output vectors of composites [composites, width]: further classes
// of the softmax, which count among those that begin a unit.

#include <span>
#include <vector>

#include "transformer/model.h"
#include "transformer/ops.h"

namespace noema::transformer {

/// What is known before a token. Valid until the network reads on or differentiates.
struct Prediction {
  std::span<const float> hidden;  ///< [width], after the final norm
  std::span<const float> logits;  ///< [vocabulary - kSpecials + composites]
  int tokens;                     ///< vocabulary - kSpecials
  float normaliser;               ///< log sum exp of the logits
  float log_begin;                ///< ln P(the next begins a unit), composites among those that do

  double log_probability(Token token) const { return double{logits[at(token - kSpecials)]} - double{normaliser}; }
  double log_composite(int composite) const { return double{logits[at(tokens + composite)]} - double{normaliser}; }

 private:
  static std::size_t at(int i) { return static_cast<std::size_t>(i); }
};

/// Rows whose targets may also be said by a composite: the one at `row` by it, the `rows` - 1 next by nothing at all.
struct Occurrence {
  int row, rows, composite;
};

/// Single-threaded; not thread-safe. Holds activations of a whole context; allocates nothing once it has read one.
class SegmentNetwork {
 public:
  /// begin_end: the tokenizer's.
  SegmentNetwork(const Shape& shape, int begin_end);

  /// Forgets all.
  void clear();
  /// The tokens read so far become the past: seen, no longer learned from.
  void cut() { past_ = position(), rows_ = 0; }

  /// Tokens in the cache, all and those of the segment.
  int position() const { return static_cast<int>(tokens_.size()); }
  int rows() const { return rows_; }
  std::span<const Token> tokens() const { return tokens_; }

  /// Reads tokens into the segment; position() + tokens must not pass the context. weights: [parameters +
  /// composites width]. Unless `predict`, there are no predictions of these rows. O(n (parameters + context width)).
  void append(const float* weights, int composites, std::span<const Token> tokens, bool predict);
  /// The prediction that a row of the segment makes of the token after it.
  Prediction prediction(int row) const;

  /// What the row should have predicted; negative (as at first): nothing is learned from it.
  void set_target(int row, Token token) { targets_[static_cast<std::size_t>(row)] = token; }
  std::span<const Token> targets() const { return std::span(targets_).first(static_cast<std::size_t>(rows_)); }

  /// gradient (+)= d(scale * loss of the segment)/d(weights), each of [parameters + composites width]; it is added to
  /// if `add` and set otherwise. The loss is -ln p of the targets; where a composite occurs it is that of both ways of
  /// saying its tokens, of which only the one token by token has to say that a unit begins after them. Occurrences are
  /// in order, do not overlap, and the token after each is a target. Returns the loss, unscaled. Uses up the
  /// predictions. About twice the cost of append.
  double backward(float* gradient, const float* weights, float scale, bool add,
                  std::span<const Occurrence> occurrences = {});

  /// Memory held.
  std::size_t bytes() const;

 private:
  struct Layer {
    std::vector<float> keys, values;  // [context, kv_width]
    std::vector<float> input, inverse1, normed1, queries, attended, middle, inverse2, normed2, gate_up, active;
  };
  void forward_layer(int index, const float* weights, int n);
  void predict(const float* weights, int n);
  double differentiate_predictions(float scale, std::span<const Occurrence> occurrences);
  void backward_layer(int index, float* gradient, const float* weights, bool add);
  void attention_backward(Layer& layer);

  Shape shape_;
  int begins_;  // classes that begin a unit: the first
  int past_ = 0, rows_ = 0, composites_ = 0;
  Rotary rotary_;
  std::vector<Layer> layers_;
  std::vector<Token> tokens_, targets_;
  std::vector<float> final_input_, inverse_final_, hidden_;
  std::vector<float> logits_, normalisers_, log_begins_;
  std::vector<float> x_, qkv_, scores_, dscores_, dx_, dnormed_, dattended_, dqkv_, dgate_up_, dactive_;
};

}  // namespace noema::transformer
