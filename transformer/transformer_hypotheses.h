#pragma once
// Hypotheses of a transformer: each slot has its own keys and values, and one matrix product serves the rows of all
// slots. inference.h reads a single text in the same way.

#include <span>
#include <vector>

#include "transformer/hypotheses.h"
#include "transformer/model.h"
#include "transformer/ops.h"

namespace noema::transformer {

class TransformerHypotheses final : public Hypotheses {
 public:
  /// The model must outlive it. The cache takes 2 * slots * layers * context * kv_width floats. Throws Error if the
  /// model is no transformer.
  TransformerHypotheses(const Model& model, int slots);

  /// Reads <s> source <sep>, with the attention mask that the model was trained with. O(n (parameters + n width)).
  std::span<const float> begin(int slot, std::span<const Token> source) override;
  /// O(slots (parameters + context width)).
  std::span<const float> step(std::span<const int> slots, std::span<const Token> tokens) override;
  void copy(int from, int to) override;
  std::span<const float> hidden(int slot) const override { return slots_[static_cast<std::size_t>(slot)].hidden; }
  std::span<const float> attention(int) const override { return {}; }

 private:
  struct Slot {
    int position = 0;
    std::vector<float> hidden;        // [width], behind the latest prediction
    std::vector<float> keys, values;  // [layers, context, kv_width]
  };
  /// The rows of one slot in the buffers; all its tokens see its first `prefix` tokens.
  struct Part {
    int slot, first_row, rows, prefix;
  };
  void read(std::span<const Token> tokens, std::span<const Part> parts);
  void attend(int layer, const Part& part);
  void layer(int index, int rows, std::span<const Part> parts);
  void keep_hidden(int slot, int row);
  std::span<const float> predict(int first_row, int rows);

  const Model& model_;
  const Shape& shape_;
  Rotary rotary_;
  std::vector<Slot> slots_;
  std::vector<Part> parts_;
  std::vector<Token> source_;
  std::vector<float> x_, normed_, qkv_, weights_, attended_, gate_up_, active_, log_probabilities_;
};

}  // namespace noema::transformer
