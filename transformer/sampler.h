#pragma once
// Which sequences a training step sees. Text is cut into blocks of the context's length, at a new offset and in a new
// order every epoch. Pairs are batched with pairs of their length, as many as hold about as many tokens as a batch of
// text; who stands with whom among those of one length, and the order of the batches, are new every epoch. Everything
// follows from (seed, epoch, step), so resuming needs no generator's state.

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
  bool predict_source = false;  // of pairs, where the objective is causal: the source's tokens are targets too
};

class Sampler {
 public:
  /// The corpus and pairs must outlive it. Throws Error if both are empty.
  Sampler(const Corpus& corpus, const std::vector<Pair>& pairs, const SamplerOptions& options);

  /// Sequences of one pass over text and pairs.
  std::uint64_t sequences_per_epoch() const { return blocks_ + pairs_.size(); }

  /// Steps of one pass; whole where there are pairs.
  double steps_per_epoch(int count);

  /// Makes `batch` that of step number `step` of steps with at most `count` * context tokens each: `count` sequences of
  /// text, or more of shorter pairs. Reuses the batch's memory. O(tokens), and O(sequences) when an epoch begins.
  void fill(Batch& batch, std::uint64_t step, int count);
  Batch batch(std::uint64_t step, int count) {
    Batch made;
    fill(made, step, count);
    return made;
  }

 private:
  /// Neighbours in order_ that stand in one batch.
  struct Cut {
    std::uint32_t first, sequences;
  };
  std::size_t length_of(std::uint64_t sequence) const;
  void sort_by_length();
  void cut(int count);
  void shuffle(std::uint64_t epoch);
  void clear(Batch& batch, std::size_t sequences, std::size_t length) const;
  void write(std::uint64_t sequence, std::size_t row, Batch& batch, base::Rng& rng) const;
  void write_text(std::uint64_t block, std::size_t row, Batch& batch, base::Rng& rng) const;
  void write_pair(const Pair& pair, std::size_t row, Batch& batch) const;

  const Corpus& corpus_;
  const std::vector<Pair>& pairs_;
  SamplerOptions options_;
  std::uint64_t blocks_ = 0;
  std::uint64_t epoch_ = ~std::uint64_t{0}, offset_ = 0;
  std::vector<std::uint32_t> sorted_, order_;  // sequences, longest first: blocks, then pairs; order_ is the epoch's
  std::vector<std::uint32_t> run_ends_;        // of sequences of one length
  int count_ = 0;                              // that cuts_ is for
  std::vector<Cut> cuts_, cut_order_;          // cut_order_ is the epoch's
};

/// How many of a source's tokens a context has room for beside its target.
std::size_t source_room(std::size_t context, std::size_t target);

}  // namespace noema::transformer
