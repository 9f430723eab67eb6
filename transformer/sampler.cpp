#include "transformer/sampler.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <span>

#include "base/error.h"

namespace noema::transformer {

Objective objective_of(std::string_view name) {
  if (name == "causal") return Objective::kCausal;
  if (name == "prefix") return Objective::kPrefix;
  if (name == "masked") return Objective::kMasked;
  throw base::UsageError(fmt::format("--objective {}: unknown; expected causal, prefix or masked", name));
}

std::size_t source_room(std::size_t context, std::size_t target) { return context - 2 - std::min(context / 2, target); }

Batch batch_of_pairs(std::span<const Pair> pairs, const ModelOptions& options) {
  const auto context = static_cast<std::size_t>(options.context);
  const auto kept_source = [&](const Pair& pair) {
    return std::min(source_room(context, pair.target.size()), pair.source.size());
  };
  std::size_t length = 1;
  for (const Pair& pair : pairs)
    length = std::max(length, std::min(context, kept_source(pair) + pair.target.size() + 1));
  Batch batch{static_cast<int>(pairs.size()), static_cast<int>(length), {}, {}, {}};
  batch.inputs.assign(pairs.size() * length, kPad);
  batch.targets.assign(pairs.size() * length, -1);
  for (std::size_t row = 0; row < pairs.size(); ++row) {
    const Pair& pair = pairs[row];
    std::vector<Token> whole{kStart};
    whole.insert(whole.end(), pair.source.begin(),
                 pair.source.begin() + static_cast<std::ptrdiff_t>(kept_source(pair)));
    whole.push_back(kSeparator);
    const std::size_t prefix = whole.size();
    whole.insert(whole.end(), pair.target.begin(), pair.target.end());
    for (std::size_t i = 0; i < length && i + 1 < whole.size(); ++i) {
      batch.inputs[row * length + i] = whole[i];
      if (i + 1 >= prefix) batch.targets[row * length + i] = whole[i + 1];
    }
    batch.prefixes.push_back(options.pairs == "prefix" ? static_cast<int>(prefix) : 0);
  }
  return batch;
}

Sampler::Sampler(const Corpus& corpus, std::span<const Pair> pairs, const SamplerOptions& options)
    : corpus_(corpus), pairs_(pairs), options_(options) {
  const std::uint64_t context = static_cast<std::uint64_t>(options.context);
  // One block fewer than fit, so that the offset can vary.
  if (!corpus.tokens.empty()) blocks_ = std::max<std::uint64_t>(1, (corpus.tokens.size() - 1) / context);
  if (sequences_per_epoch() == 0) throw base::Error("train: the text is empty; give --text FILE with some");
  sort_by_length();
}

/// The number of input tokens of a sequence.
std::size_t Sampler::length_of(std::uint64_t sequence) const {
  const std::size_t context = static_cast<std::size_t>(options_.context);
  if (sequence < blocks_) return context;
  const Pair& pair = pairs_[sequence - blocks_];
  // kStart source kSeparator target, without the last token.
  const std::size_t source = std::min(source_room(context, pair.target.size()), pair.source.size());
  return std::min(context, source + pair.target.size() + 1);
}

void Sampler::sort_by_length() {
  sorted_.resize(sequences_per_epoch());
  std::iota(sorted_.begin(), sorted_.end(), 0U);
  std::stable_sort(sorted_.begin() + static_cast<std::ptrdiff_t>(blocks_), sorted_.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return length_of(a) > length_of(b); });
  for (std::size_t i = 1; i < sorted_.size(); ++i)
    if (i == blocks_ || length_of(sorted_[i]) != length_of(sorted_[i - 1]))
      run_ends_.push_back(static_cast<std::uint32_t>(i));
  run_ends_.push_back(static_cast<std::uint32_t>(sorted_.size()));
}

/// The lengths in every epoch are those of sorted_, so the batches have the same boundaries in every epoch.
void Sampler::cut(int count) {
  if (count == count_) return;
  count_ = count;
  cuts_.clear();
  const std::size_t most = static_cast<std::size_t>(count) * static_cast<std::size_t>(options_.context);
  for (std::size_t first = 0, next = 0; first < sorted_.size(); first = next) {
    const std::size_t room = std::max<std::size_t>(1, most / length_of(sorted_[first]));
    const bool text = first < blocks_;  // text and pairs are never in the same batch
    next = std::min(first + room, text ? static_cast<std::size_t>(blocks_) : sorted_.size());
    cuts_.push_back({static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(next - first)});
  }
  epoch_ = ~std::uint64_t{0};
}

double Sampler::steps_per_epoch(int count) {
  if (pairs_.empty()) return static_cast<double>(blocks_) / count;
  cut(count);
  return static_cast<double>(cuts_.size());
}

void Sampler::shuffle(std::uint64_t epoch) {
  epoch_ = epoch;
  base::Rng rng = base::Rng(options_.seed).fork(fmt::format("epoch {}", epoch));
  const std::uint64_t slack =
      corpus_.tokens.size() -
      std::min<std::uint64_t>(corpus_.tokens.size(), blocks_ * static_cast<std::uint64_t>(options_.context));
  offset_ = rng.below(slack + 1);
  order_ = sorted_;
  for (std::size_t begin = 0; const std::size_t end : run_ends_) {
    base::shuffle(std::span(order_).subspan(begin, end - begin), rng);
    begin = end;
  }
  cut_order_ = cuts_;
  base::shuffle(cut_order_, rng);
}

/// inputs: kStart t1 .. t(C-1); targets: t1 .. tC. In a masked sequence some inputs are hidden, attention is
/// bidirectional, and each hidden token is predicted at the position before it, as in a causal sequence. So the same
/// weights serve both masks.
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
    for (std::size_t i = 0; i + 1 < prefix; ++i) targets[i] = -1;  // visible from the start, so not predicted
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

/// kStart source kSeparator target. A source that is too long for its target to fit is cut off at its end.
void Sampler::write_pair(const Pair& pair, std::size_t row, Batch& batch) const {
  const std::size_t source =
      std::min(source_room(static_cast<std::size_t>(options_.context), pair.target.size()), pair.source.size());
  const std::size_t prefix = source + 2, length = static_cast<std::size_t>(batch.length);
  const bool causal = options_.objective == Objective::kCausal;
  const auto token = [&](std::size_t i) {
    return i == 0 ? kStart : i <= source ? pair.source[i - 1] : i < prefix ? kSeparator : pair.target[i - prefix];
  };
  const auto predicted = [&](std::size_t i) {
    return i >= prefix || (causal && options_.predict_source && i <= source);
  };
  const std::size_t n = std::min(length, prefix + pair.target.size() - 1);
  for (std::size_t i = 0; i < n; ++i) {
    batch.inputs[row * length + i] = token(i);
    batch.targets[row * length + i] = predicted(i + 1) ? token(i + 1) : -1;
  }
  batch.prefixes[row] = causal ? 0 : static_cast<int>(prefix);
}

void Sampler::write(std::uint64_t sequence, std::size_t row, Batch& batch, base::Rng& rng) const {
  if (sequence < blocks_)
    write_text(sequence, row, batch, rng);
  else
    write_pair(pairs_[sequence - blocks_], row, batch);
}

void Sampler::clear(Batch& batch, std::size_t sequences, std::size_t length) const {
  batch.sequences = static_cast<int>(sequences);
  batch.length = static_cast<int>(length);
  batch.inputs.assign(sequences * length, kPad);
  batch.targets.assign(sequences * length, -1);
  batch.prefixes.assign(sequences, 0);
}

void Sampler::fill(Batch& batch, std::uint64_t step, int count) {
  base::Rng rng = base::Rng(options_.seed).fork(fmt::format("step {}", step));
  if (pairs_.empty()) {  // an epoch of text may end within a batch
    clear(batch, static_cast<std::size_t>(count), static_cast<std::size_t>(options_.context));
    for (std::size_t row = 0; row < static_cast<std::size_t>(count); ++row) {
      const std::uint64_t sequence = step * static_cast<std::uint64_t>(count) + row, epoch = sequence / blocks_;
      if (epoch != epoch_) shuffle(epoch);
      write(order_[sequence % blocks_], row, batch, rng);
    }
    return;
  }
  cut(count);
  const std::uint64_t epoch = step / cuts_.size();
  if (epoch != epoch_) shuffle(epoch);
  const Cut& cut = cut_order_[step % cuts_.size()];
  clear(batch, cut.sequences, length_of(sorted_[cut.first]));
  for (std::size_t row = 0; row < cut.sequences; ++row) write(order_[cut.first + row], row, batch, rng);
}

}  // namespace noema::transformer
