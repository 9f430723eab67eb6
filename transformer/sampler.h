#pragma once
// Chooses the sequences of each training step. Text is cut into blocks of the context's length, with a new offset and
// in a new order in every epoch. A batch of pairs contains pairs of one length, so many that it has about as many
// tokens as a batch of text; pairs of equal length are shuffled among the batches, and the batches are shuffled, in
// every epoch. Everything follows from (seed, epoch, step), so resuming needs no state of a random generator.

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/rng.h"
#include "transformer/corpus.h"
#include "transformer/model.h"
#include "transformer/network.h"

namespace noema::transformer {

/// What a model learns to predict: the next token; the target of a pair from its whole source; hidden tokens from both
/// sides.
enum class Objective { kCausal, kPrefix, kMasked };
/// "causal", "prefix" or "masked". Throws base::UsageError for another name.
Objective objective_of(std::string_view name);

struct SamplerOptions {
  int context = 128;
  Objective objective = Objective::kCausal;
  double masked_share = 0;    // share of sequences that are trained with the masked instead of the causal objective
  double hidden_share = 0.2;  // share of the tokens of a masked sequence that are hidden
  std::uint64_t seed = 0;
  bool predict_source = false;  // with the causal objective, the tokens of a pair's source are targets too
};

class Sampler {
 public:
  /// The corpus and pairs must outlive it. Throws Error if both are empty.
  Sampler(const Corpus& corpus, std::span<const Pair> pairs, const SamplerOptions& options);

  /// The number of sequences in one pass over text and pairs.
  std::uint64_t sequences_per_epoch() const { return blocks_ + pairs_.size(); }

  /// The number of steps in one pass; a whole number if there are pairs.
  double steps_per_epoch(int count);

  /// Fills the batch of step number `step`. A batch has at most `count` * context tokens: `count` sequences of text, or
  /// more sequences of shorter pairs. Reuses the batch's memory. O(tokens), and O(sequences) when an epoch begins.
  void fill(Batch& batch, std::uint64_t step, int count);
  Batch batch(std::uint64_t step, int count) {
    Batch made;
    fill(made, step, count);
    return made;
  }

 private:
  /// Consecutive sequences in order_ that form one batch.
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
  std::span<const Pair> pairs_;
  SamplerOptions options_;
  std::uint64_t blocks_ = 0;
  std::uint64_t epoch_ = ~std::uint64_t{0}, offset_ = 0;
  std::vector<std::uint32_t> sorted_, order_;  // sequences, longest first: blocks, then pairs; order_: shuffled
  std::vector<std::uint32_t> run_ends_;        // ends of the runs of sequences of equal length
  int count_ = 0;                              // for which cuts_ was computed
  std::vector<Cut> cuts_, cut_order_;          // cut_order_: shuffled
};

/// A batch of a few pairs as a model with these options was trained on them, kStart source kSeparator target; shorter
/// ones are filled up. A source that is too long for its target to fit is cut off at its end.
Batch batch_of_pairs(std::span<const Pair> pairs, const ModelOptions& options);

/// The number of tokens of a source for which a context has room beside a target of so many tokens.
std::size_t source_room(std::size_t context, std::size_t target);

}  // namespace noema::transformer
