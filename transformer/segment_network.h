#pragma once
// A transformer that learns from a stream while it reads it. It has a cache of keys and values like inference.h, and,
// for the newest tokens (the segment), the activations that the backward pass needs. So one forward pass serves both
// for scoring a segment and for its gradient. The gradient stops at the cache, as in Transformer-XL (Dai et al. 2019).
//
// The weights are laid out as Shape says, followed by the output vectors of composites [composites, width]. Composites
// are further classes of the softmax; like the tokens that begin a unit, they can follow only a complete unit.

#include <span>
#include <vector>

#include "transformer/model.h"
#include "transformer/ops.h"

namespace noema::transformer {

/// A prediction of one token. Valid until the network reads on or runs its backward pass.
struct Prediction {
  std::span<const float> hidden;  ///< [width], after the final norm
  std::span<const float> logits;  ///< [vocabulary - kSpecials + composites]
  int tokens;                     ///< vocabulary - kSpecials
  float normaliser;               ///< log sum exp of the logits
  float log_begin;                ///< ln P(the next token or composite begins a unit)

  double log_probability(Token token) const { return double{logits[at(token - kSpecials)]} - double{normaliser}; }
  double log_composite(int composite) const { return double{logits[at(tokens + composite)]} - double{normaliser}; }

 private:
  static std::size_t at(int i) { return static_cast<std::size_t>(i); }
};

/// An occurrence of a composite in the targets: it may stand in place of the targets of `rows` rows from `row` on.
struct Occurrence {
  int row, rows, composite;
};

/// Single-threaded; not thread-safe. Has memory for the activations of a whole context, and allocates no more once it
/// has read one.
class SegmentNetwork {
 public:
  /// begin_end: the tokenizer's. known: floats that are known of each token from outside the model (UnitTrail); if
  /// there are any, the weights hold an adapter, which adds to what the layers give for a token
  ///
  ///     sigmoid(gate . embedding + bias) * (known . in),    in [known, width], gate [width], bias [1].
  SegmentNetwork(const Shape& shape, int begin_end, int known = 0);
  /// Floats of the adapter.
  static std::size_t adapter(const Shape& shape, int known) {
    return known == 0 ? 0 : static_cast<std::size_t>(known + 1) * static_cast<std::size_t>(shape.width) + 1;
  }

  /// Forgets everything.
  void clear();
  /// Ends the segment: the tokens read so far are still seen, but the backward pass no longer reaches them.
  void cut() { past_ = position(), rows_ = 0; }

  /// Number of tokens in the cache, and of those in the segment.
  int position() const { return static_cast<int>(tokens_.size()); }
  int rows() const { return rows_; }
  std::span<const Token> tokens() const { return tokens_; }

  /// Reads tokens into the segment; together with position() they must fit the context. weights: [parameters + adapter
  /// + composites width]. known: [tokens, known]. prediction() is available for these rows only with `predict`.
  /// O(n (parameters + context width)).
  void append(const float* weights, int composites, std::span<const Token> tokens, bool predict,
              std::span<const float> known = {});
  /// The prediction of the token after a row of the segment.
  Prediction prediction(int row) const;

  /// Sets the token that the row should have predicted. Rows with a negative target, as at first, have no loss.
  void set_target(int row, Token token) { targets_[static_cast<std::size_t>(row)] = token; }
  std::span<const Token> targets() const { return std::span(targets_).first(static_cast<std::size_t>(rows_)); }

  /// The backward pass: gradient = d(scale * loss of the segment)/d(weights) (+ gradient if `add`), as long as the
  /// weights. The loss is the sum of -ln p of the targets. Where a composite occurs, p is the sum of the
  /// probability of the composite and that of its tokens one by one followed by the beginning of a unit. Occurrences
  /// are in order and do not overlap, and the token after each is a target. Returns the loss, unscaled. Overwrites the
  /// predictions. Costs about twice as much as append.
  double backward(float* gradient, const float* weights, float scale, bool add,
                  std::span<const Occurrence> occurrences = {});

  /// Memory in use.
  std::size_t bytes() const;

 private:
  struct Layer {
    std::vector<float> keys, values;  // [context, kv_width]
    std::vector<float> input, inverse1, normed1, queries, attended, middle, inverse2, normed2, gate_up, active;
  };
  void forward_layer(int index, const float* weights, int n);
  std::size_t begin_of_composites() const { return shape_.parameters() + adapter(shape_, known_); }
  struct Adapter;
  Adapter adapter_in(const float* weights) const;
  void add_known(const float* weights, std::span<const Token> tokens, std::span<const float> known);
  void known_backward(float* gradient, const float* weights, bool add);
  void predict(const float* weights, int n);
  double differentiate_predictions(float scale, std::span<const Occurrence> occurrences);
  void backward_layer(int index, float* gradient, const float* weights, bool add);
  void attention_backward(Layer& layer);

  Shape shape_;
  int begins_;  // number of classes that begin a unit; they are the first classes
  int known_;   // floats known of each token
  int past_ = 0, rows_ = 0, composites_ = 0;
  Rotary rotary_;
  std::vector<Layer> layers_;
  std::vector<Token> tokens_, targets_;
  std::vector<float> known_rows_, projected_, gates_;  // [context, known], [context, width], [context]
  std::vector<float> final_input_, inverse_final_, hidden_;
  std::vector<float> logits_, normalisers_, log_begins_;
  std::vector<float> x_, qkv_, scores_, dscores_, dx_, dnormed_, dattended_, dqkv_, dgate_up_, dactive_;
};

}  // namespace noema::transformer
