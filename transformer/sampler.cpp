#include "transformer/sampler.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "base/error.h"

namespace noema::transformer {

Sampler::Sampler(const Corpus& corpus, const std::vector<Pair>& pairs, const SamplerOptions& options)
    : corpus_(corpus), pairs_(pairs), options_(options) {
  const std::uint64_t context = static_cast<std::uint64_t>(options.context);
  // One block is given up so that the offset can vary.
  if (!corpus.tokens.empty()) blocks_ = std::max<std::uint64_t>(1, (corpus.tokens.size() - 1) / context);
  if (sequences_per_epoch() == 0) throw base::Error("train: the text is empty; give --text FILE with some");
}

void Sampler::shuffle(std::uint64_t epoch) {
  epoch_ = epoch;
  base::Rng rng = base::Rng(options_.seed).fork(fmt::format("epoch {}", epoch));
  const std::uint64_t slack =
      corpus_.tokens.size() -
      std::min<std::uint64_t>(corpus_.tokens.size(), blocks_ * static_cast<std::uint64_t>(options_.context));
  offset_ = rng.below(slack + 1);
  order_.resize(sequences_per_epoch());
  std::iota(order_.begin(), order_.end(), 0U);
  for (std::size_t i = order_.size(); i > 1; --i) std::swap(order_[i - 1], order_[rng.below(i)]);
}

/// inputs: kStart t1 .. t(C-1); targets: t1 .. tC. A masked sequence hides some of the inputs, reads in both
/// directions, and predicts each hidden token where the causal reader would: at the place before it. So one set of
/// weights serves both masks.
void Sampler::write_text(std::uint64_t block, std::size_t row, Batch& batch, base::Rng& rng) const {
  const std::size_t context = static_cast<std::size_t>(options_.context), first = offset_ + block * context;
  const std::size_t n = std::min(context, corpus_.tokens.size() - first);
  Token* inputs = batch.inputs.data() + row * context;
  Token* targets = batch.targets.data() + row * context;
  for (std::size_t i = 0; i < n; ++i) {
    inputs[i] = i == 0 ? kStart : corpus_.tokens[first + i - 1];
    targets[i] = corpus_.tokens[first + i];
  }
  if (options_.objective == Objective::kPrefix) {
    const auto prefix = static_cast<std::size_t>(rng.below(n / 2 + 1));
    batch.prefixes[row] = static_cast<int>(prefix);
    for (std::size_t i = 0; i + 1 < prefix; ++i) targets[i] = -1;  // seen already
  } else if (options_.objective == Objective::kMasked || rng.uniform() < options_.masked_share) {
    batch.prefixes[row] = static_cast<int>(n);
    for (std::size_t i = 0; i + 1 < n; ++i) {
      if (rng.uniform() < options_.hidden_share)
        inputs[i + 1] = kMask;
      else
        targets[i] = -1;
    }
  }
}

void Sampler::write_pair(const Pair& pair, std::size_t row, Batch& batch) const {
  const std::size_t context = static_cast<std::size_t>(options_.context);
  std::vector<Token> all(1, kStart);
  // A source that leaves no room for its target loses its end.
  const std::size_t room = context - 2 - std::min(context / 2, pair.target.size());
  all.insert(all.end(), pair.source.begin(),
             pair.source.begin() + static_cast<std::ptrdiff_t>(std::min(room, pair.source.size())));
  all.push_back(kSeparator);
  const std::size_t prefix = all.size();
  all.insert(all.end(), pair.target.begin(), pair.target.end());
  for (std::size_t i = 0; i < context && i + 1 < all.size(); ++i) {
    batch.inputs[row * context + i] = all[i];
    batch.targets[row * context + i] = i + 1 < prefix ? -1 : all[i + 1];
  }
  batch.prefixes[row] = options_.objective == Objective::kCausal ? 0 : static_cast<int>(prefix);
}

void Sampler::fill(Batch& batch, std::uint64_t step, int count) {
  batch.sequences = count;
  batch.length = options_.context;
  const std::size_t rows = static_cast<std::size_t>(count), context = static_cast<std::size_t>(options_.context);
  batch.inputs.assign(rows * context, kPad);
  batch.targets.assign(rows * context, -1);
  batch.prefixes.assign(rows, 0);
  base::Rng rng = base::Rng(options_.seed).fork(fmt::format("step {}", step));
  for (std::size_t row = 0; row < rows; ++row) {
    const std::uint64_t sequence = step * rows + row, epoch = sequence / sequences_per_epoch();
    if (epoch != epoch_) shuffle(epoch);
    const std::uint64_t index = order_[sequence % sequences_per_epoch()];
    if (index < blocks_)
      write_text(index, row, batch, rng);
    else
      write_pair(pairs_[index - blocks_], row, batch);
  }
}

}  // namespace noema::transformer
