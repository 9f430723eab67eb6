#pragma once
// The interface between beam search and the models of all architectures: it extends many hypotheses at once, by one
// token each in a step. make_hypotheses (architecture.h) returns the implementation for a model.

#include <span>

#include "transformer/tokenizer.h"

namespace noema::transformer {

/// Slots, each of which holds a source and the target read so far. Single-threaded.
class Hypotheses {
 public:
  virtual ~Hypotheses() = default;

  /// Empties a slot and reads a source into it, up to where the target begins. Returns ln p of each token as the
  /// target's first: [vocabulary], -infinity for specials, valid until the next call.
  virtual std::span<const float> begin(int slot, std::span<const Token> source) = 0;

  /// Reads tokens[i] into slots[i]; the slots are distinct. Returns ln p of each slot's next token: [slots.size(),
  /// vocabulary], valid until the next call.
  virtual std::span<const float> step(std::span<const int> slots, std::span<const Token> tokens) = 0;

  /// Copies one slot to another.
  virtual void copy(int from, int to) = 0;

  /// The hidden state [width] of which a slot's latest prediction was made; valid until the slot changes.
  virtual std::span<const float> hidden(int slot) const = 0;
  /// The attention behind it, a weight for each token of the source, in order; empty where an architecture has no one
  /// attention to its source.
  virtual std::span<const float> attention(int slot) const = 0;
};

}  // namespace noema::transformer
