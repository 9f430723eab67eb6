#pragma once
// An expert on the next token of a target: one way to predict how a source is translated. A pair expert is a file pair
// in this folder, its test, and one line in registry.cpp.

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "transformer/corpus.h"
#include "transformer/model.h"

namespace noema::reasoning {

/// The token of a target that is predicted, and what is known before it is read. `hidden`, `attention` (empty if the
/// architecture has none) and `log_probabilities` are the translator's.
struct PairMoment {
  std::span<const transformer::Token> source, target;  ///< target: so far
  std::span<const float> hidden, attention, log_probabilities;
};

/// What one voice says of the next token: shares of tokens, and the rest as `escape`, which it leaves to the
/// translator; together 1.
struct PairVoice {
  std::vector<float> shares;  ///< [vocabulary]
  double escape = 0;
  bool absent = false;  ///< it has nothing to say: the others share its weight
};

class PairExpert {
 public:
  virtual ~PairExpert() = default;

  // Hypotheses: slots, each with a source and the target so far, as transformer::Hypotheses has them.
  virtual void begin(int /*slot*/, std::span<const transformer::Token> /*source*/) {}
  virtual void read(std::span<const int> /*slots*/, std::span<const transformer::Token> /*tokens*/) {}
  virtual void copy(int /*from*/, int /*to*/) {}

  /// Writes what each of its voices says, and its features. Shares and features are zero, and the voices absent, when
  /// it is called.
  virtual void predict(int slot, const PairMoment& moment, std::span<PairVoice> voices, std::span<double> features) = 0;
  /// Learns the token that came, after it was scored.
  virtual void learn(const PairMoment& /*moment*/, transformer::Token /*told*/) {}
  /// Learns a told pair, after all its tokens.
  virtual void store(const transformer::Pair& /*pair*/) {}
  /// Practises so many of the pairs that it keeps. Returns how many it did.
  virtual std::uint64_t think(std::uint64_t /*pairs*/) { return 0; }

  virtual std::uint64_t bytes() const { return 0; }
  /// Nodes and edges, if it keeps a graph.
  virtual std::uint64_t concepts() const { return 0; }
  virtual std::uint64_t relations() const { return 0; }
};

/// What a pair expert is made with.
struct PairExpertSettings {
  const transformer::Model* model = nullptr;  ///< the translator
  int slots = 1;
  std::uint64_t seed = 1;
  double rate = 3e-4;     ///< of experts that learn by gradient
  bool practises = true;  ///< keeps told pairs in order to think about them
};

/// A pair expert as the registry knows it.
struct PairExpertKind {
  std::string name, help;
  std::vector<std::string> voices;    ///< at least one
  std::vector<std::string> features;  ///< names of what it tells the gate, in the order predict() writes them
  bool remembers = true;              ///< it keeps what it was told: without memory it is left out
  std::unique_ptr<PairExpert> (*make)(const PairExpertSettings&) = nullptr;
};

}  // namespace noema::reasoning
