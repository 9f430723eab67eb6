#pragma once
// The network in use: reads tokens against a cache of keys and values, one at a time or many at once. Single-threaded.

#include <span>
#include <vector>

#include "transformer/model.h"
#include "transformer/ops.h"

namespace noema::transformer {

class Inference {
 public:
  /// The model must outlive it. Holds 2 layers context kv_width floats of cache.
  explicit Inference(const Model& model);

  /// Forgets all.
  void clear() { position_ = 0; }
  /// Tokens in the cache.
  int position() const { return position_; }

  /// Reads tokens after what is in the cache; position() + tokens must not pass the context. Returns their final hidden
  /// states [tokens, width], valid until the next call. Each token sees the cache, the tokens before it and, from an
  /// empty cache, the first `prefix` tokens: prefix = tokens reads in both directions. O(n (parameters + context
  /// width)).
  std::span<const float> append(std::span<const Token> tokens, int prefix = 0);

  /// Attention weights of the last append in a layer: [heads, tokens, position()].
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
