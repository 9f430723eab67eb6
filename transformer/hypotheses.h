#pragma once
// What a search over translations reads with, whatever the model's architecture: many texts side by side, a token each
// a step. architecture.h makes one.

#include <span>

#include "transformer/tokenizer.h"

namespace noema::transformer {

/// Slots that each hold a source and the target read so far. Single-threaded.
class Hypotheses {
 public:
  virtual ~Hypotheses() = default;

  /// Empties a slot and reads a source into it, up to where the target begins. Returns ln p of the target's first
  /// token: [vocabulary], -infinity for specials, valid until the next call.
  virtual std::span<const float> begin(int slot, std::span<const Token> source) = 0;

  /// Reads tokens[i] into slots[i], all distinct. Returns ln p of what comes after each: [slots.size(), vocabulary],
  /// valid until the next call.
  virtual std::span<const float> step(std::span<const int> slots, std::span<const Token> tokens) = 0;

  /// Makes a slot the copy of another.
  virtual void copy(int from, int to) = 0;
};

}  // namespace noema::transformer
