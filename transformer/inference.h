#pragma once
// The transformer's forward pass with a cache of keys and values: reads tokens one at a time or many at once.
// Single-threaded.

#include <span>
#include <vector>

#include "transformer/model.h"
#include "transformer/ops.h"

namespace noema::transformer {

class Inference {
 public:
  /// The model must outlive it. The cache takes 2 * layers * context * kv_width floats.
  explicit Inference(const Model& model);

  /// Empties the cache.
  void clear() { position_ = 0; }
  /// Tokens in the cache.
  int position() const { return position_; }

  /// Reads tokens after those in the cache; together they must fit the context. Returns their final hidden states
  /// [tokens, width], valid until the next call. Each token sees the cache and the tokens before it; if the cache was
  /// empty, it also sees the first `prefix` tokens. prefix = tokens.size() makes the reading bidirectional.
  /// O(n (parameters + context width)).
  std::span<const float> append(std::span<const Token> tokens, int prefix = 0);

  /// Keeps the attention weights of this layer from the next append on: [heads, tokens, position()].
  void keep_attention(int layer) { kept_layer_ = layer; }
  const std::vector<float>& kept_attention() const { return kept_; }

 private:
  void layer(int index, int rows, int prefix);

  const Model& model_;
  Rotary rotary_;
  int position_ = 0;
  int kept_layer_ = -1;
  std::vector<std::vector<float>> keys_, values_;  // a layer: [context, kv_width]
  std::vector<float> x_, normed_, qkv_, weights_, attended_, gate_up_, active_, kept_;
};

}  // namespace noema::transformer
