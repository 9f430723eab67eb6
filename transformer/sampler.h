#pragma once
// Which sequences a training step sees. Text is cut into blocks of the context's length, at a new offset and in a new
// order every epoch; pairs are shuffled among them. Everything follows from (seed, epoch, step), so resuming needs no
// generator's state.

#include <cstdint>
#include <vector>

#include "base/rng.h"
#include "transformer/corpus.h"
#include "transformer/network.h"

namespace noema::transformer {

enum class Objective { kCausal, kPrefix, kMasked };

struct SamplerOptions {
  int context = 128;
  Objective objective = Objective::kCausal;
  double masked_share = 0;    // of causal sequences, trained under the bidirectional mask instead
  double hidden_share = 0.2;  // of a masked sequence's tokens
  std::uint64_t seed = 0;
};

class Sampler {
 public:
  /// The corpus and pairs must outlive it. Throws Error if both are empty.
  Sampler(const Corpus& corpus, const std::vector<Pair>& pairs, const SamplerOptions& options);

  /// Sequences of one pass over text and pairs.
  std::uint64_t sequences_per_epoch() const { return blocks_ + pairs_.size(); }

  /// Makes `batch` that of step number `step` of steps with `count` sequences each. Reuses the batch's memory.
  void fill(Batch& batch, std::uint64_t step, int count);
  Batch batch(std::uint64_t step, int count) {
    Batch made;
    fill(made, step, count);
    return made;
  }

 private:
  void shuffle(std::uint64_t epoch);
  void write_text(std::uint64_t block, std::size_t row, Batch& batch, base::Rng& rng) const;
  void write_pair(const Pair& pair, std::size_t row, Batch& batch) const;

  const Corpus& corpus_;
  const std::vector<Pair>& pairs_;
  SamplerOptions options_;
  std::uint64_t blocks_ = 0;
  std::uint64_t epoch_ = ~std::uint64_t{0}, offset_ = 0;
  std::vector<std::uint32_t> order_;
};

}  // namespace noema::transformer
