#pragma once
// Many texts read at once, a token each a step: each slot has keys and values of its own, and one product serves all
// rows. What a search over hypotheses reads with; inference.h reads one text the same way.

#include <span>
#include <vector>

#include "transformer/model.h"
#include "transformer/ops.h"

namespace noema::transformer {

class Hypotheses {
 public:
  /// The model must outlive it. Holds 2 slots layers context kv_width floats of cache. Throws Error if the model is no
  /// transformer.
  Hypotheses(const Model& model, int slots);

  /// Empties a slot and reads tokens into it, of which all see the first `prefix`. Returns ln p of the token after
  /// them: [vocabulary], -infinity for specials, valid until the next call. O(n (parameters + n width)).
  std::span<const float> begin(int slot, std::span<const Token> tokens, int prefix);

  /// Reads tokens[i] into slots[i], all distinct. Returns ln p of what comes after each: [slots.size(), vocabulary],
  /// valid until the next call. O(slots (parameters + context width)).
  std::span<const float> step(std::span<const int> slots, std::span<const Token> tokens);

  /// Makes a slot the copy of another.
  void copy(int from, int to);

  int position(int slot) const { return slots_[static_cast<std::size_t>(slot)].position; }

 private:
  struct Slot {
    int position = 0;
    std::vector<float> keys, values;  // [layers, context, kv_width]
  };
  /// Rows of one slot in the buffers; all its tokens see its first `prefix`.
  struct Part {
    int slot, first_row, rows, prefix;
  };
  void read(std::span<const Token> tokens, std::span<const Part> parts);
  void attend(int layer, const Part& part);
  void layer(int index, int rows, std::span<const Part> parts);
  std::span<const float> predict(int first_row, int rows);

  const Model& model_;
  const Shape& shape_;
  Rotary rotary_;
  std::vector<Slot> slots_;
  std::vector<Part> parts_;
  std::vector<float> x_, normed_, qkv_, weights_, attended_, gate_up_, active_, log_probabilities_;
};

}  // namespace noema::transformer
