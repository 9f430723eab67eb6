#include "transformer/skipgram_network.h"

#include <tbb/parallel_for.h>

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "base/rng.h"
#include "transformer/buffers.h"
#include "transformer/kernels.h"
#include "transformer/ops.h"

namespace noema::transformer {
Layout SkipgramShape::layout() const {
  Layout all;
  all.matrix("centres", vocabulary, width, 0.5 / std::sqrt(width));
  all.matrix("contexts", vocabulary, width, 0.5 / std::sqrt(width));
  all.vector("counts", vocabulary, 1);
  return all;
}

void count_tokens(float* weights, const SkipgramShape& shape, const Corpus& corpus, std::span<const Pair> pairs) {
  std::vector<std::uint64_t> counts(size(shape.vocabulary), 1);
  const auto count = [&](std::span<const Token> tokens) {
    for (Token token : tokens) ++counts[size(token)];
  };
  count(corpus.tokens);
  for (const Pair& pair : pairs) {
    count(pair.source);
    count(pair.target);
  }
  std::transform(counts.begin(), counts.end(), weights + shape.counts(),
                 [](std::uint64_t n) { return static_cast<float>(n); });
}

SkipgramNetwork::SkipgramNetwork(const SkipgramShape& shape, int sequences, int length)
    : shape_(shape), sequences_(size(sequences)) {
  const std::size_t n = size(length) + 1, w = size(shape.width), drawn = size(kSkipgramShared);
  for (Sequence& s : sequences_) {
    s.tokens.reserve(n);
    s.negatives.resize(drawn);
    for (auto* buffer : {&s.centres, &s.contexts, &s.dcentres, &s.dcontexts}) buffer->resize(n * w);
    for (auto* buffer : {&s.drawn, &s.ddrawn}) buffer->resize(drawn * w);
    s.pairs.resize(n * n);
    s.noise.resize(n * drawn);
    s.losses.resize(n);
    s.kept.resize(n);
  }
}

/// A token is kept with probability sqrt(t / f) + t / f (word2vec's code), and drawn in proportion to count^0.75.
void SkipgramNetwork::use_counts(const float* counts) {
  if (std::equal(counts_.begin(), counts_.end(), counts, counts + shape_.vocabulary) && !counts_.empty()) return;
  counts_.assign(counts, counts + shape_.vocabulary);
  keep_.assign(counts_.size(), 1);
  log_prior_.assign(counts_.size(), 0);
  noise_.assign(counts_.size(), 0);
  double total = 0, noise = 0;
  for (std::size_t i = kSpecials; i < counts_.size(); ++i) total += static_cast<double>(counts_[i]);
  for (std::size_t i = kSpecials; i < counts_.size(); ++i) {
    const double count = static_cast<double>(counts_[i]), rarity = kSkipgramSubsample * total / count;
    const double keep = std::min(1.0, std::sqrt(rarity) + rarity);
    keep_[i] = static_cast<float>(keep);
    log_prior_[i] = static_cast<float>(kSkipgramNoisePower * std::log(count) - std::log(keep));
    noise_[i] = noise += std::pow(count, kSkipgramNoisePower);
  }
}

double SkipgramNetwork::loss(const float* weights, const Batch& batch, float* losses) {
  use_counts(weights + shape_.counts());
  // The prior is one more column of the table; each row that is multiplied with it has a 1 there.
  const int w = shape_.width, rows = batch.sequences * batch.length;
  table_.resize(shape_.size() + size(shape_.vocabulary));
  hidden_.resize(std::max(hidden_.size(), size(rows) * size(w + 1)));
  tbb::parallel_for(0, shape_.vocabulary, [&](int token) {
    std::copy_n(weights + shape_.contexts() + at(token, w), w, table_.data() + at(token, w + 1));
    table_[size(token) * size(w + 1) + size(w)] = log_prior_[size(token)];
  });
  for (int i = 0; i < rows; ++i) {
    std::copy_n(weights + shape_.centres() + at(batch.inputs[size(i)], w), w, hidden_.data() + at(i, w + 1));
    hidden_[size(i) * size(w + 1) + size(w)] = 1;
  }
  return cross_entropy(losses, nullptr, nullptr, hidden_.data(), table_.data(), batch.targets, w + 1, shape_.vocabulary,
                       1.0F, logits_);
}

/// Replaces the products of centres with contexts and negatives by the gradient of the loss with respect to them. Sets
/// the losses of the centres.
void SkipgramNetwork::score_pairs(Sequence& s, base::Rng& rng) const {
  const int n = static_cast<int>(s.tokens.size());
  for (int i = 0; i < n; ++i) s.kept[size(i)] = rng.uniform() < static_cast<double>(keep_[size(s.tokens[size(i)])]);
  for (int i = 0; i < n; ++i) {
    const int radius = 1 + static_cast<int>(rng.below(kSkipgramWindow));
    const int begin = std::max(0, i - radius), end = std::min(n, i + radius + 1);
    float* const row = s.pairs.data() + at(i, n);
    std::fill(row, row + begin, 0.0F);
    std::fill(row + end, row + n, 0.0F);
    float loss = 0;
    int pairs = 0;
    for (int j = begin; j < end; ++j) {
      if (j == i || !s.kept[size(i)] || !s.kept[size(j)] || s.tokens[size(j)] < kSpecials) {
        row[j] = 0;
        continue;
      }
      loss += logistic_loss_row(row + j, 1, 1, 1);
      ++pairs;
    }
    const float weight = static_cast<float>(kSkipgramNegatives * pairs) / kSkipgramShared;
    s.losses[size(i)] =
        loss + logistic_loss_row(s.noise.data() + at(i, kSkipgramShared), size(kSkipgramShared), -1, weight);
  }
}

/// Processes one sequence: its tokens and the last token that it predicts.
void SkipgramNetwork::pass(Sequence& s, int index, const float* weights, const Batch& batch, float scale,
                           std::uint64_t seed) const {
  const int w = shape_.width;
  s.tokens.clear();
  const std::size_t first = size(index) * size(batch.length);
  for (std::size_t i = first; i < first + size(batch.length) && batch.inputs[i] != kPad; ++i) {
    s.tokens.push_back(batch.inputs[i]);
    if ((i + 1 == first + size(batch.length) || batch.inputs[i + 1] == kPad) && batch.targets[i] >= 0)
      s.tokens.push_back(batch.targets[i]);
  }
  const int n = static_cast<int>(s.tokens.size());
  if (n == 0) return;
  base::Rng rng(seed + static_cast<std::uint64_t>(index));
  for (Token& negative : s.negatives)
    negative = static_cast<Token>(std::upper_bound(noise_.begin(), noise_.end() - 1, rng.uniform() * noise_.back()) -
                                  noise_.begin());
  embedding(s.centres.data(), weights + shape_.centres(), s.tokens, w);
  embedding(s.contexts.data(), weights + shape_.contexts(), s.tokens, w);
  embedding(s.drawn.data(), weights + shape_.contexts(), s.negatives, w);
  matmul(n, n, w, {s.centres.data(), w}, {s.contexts.data(), w, true}, 0, s.pairs.data(), n);
  matmul(n, kSkipgramShared, w, {s.centres.data(), w}, {s.drawn.data(), w, true}, 0, s.noise.data(), kSkipgramShared);
  score_pairs(s, rng);
  multiply(s.pairs.data(), size(n) * size(n), scale);
  multiply(s.noise.data(), size(n) * size(kSkipgramShared), scale);
  matmul(n, w, n, {s.pairs.data(), n}, {s.contexts.data(), w}, 0, s.dcentres.data(), w);
  matmul(n, w, kSkipgramShared, {s.noise.data(), kSkipgramShared}, {s.drawn.data(), w}, 1, s.dcentres.data(), w);
  matmul(n, w, n, {s.pairs.data(), n, true}, {s.centres.data(), w}, 0, s.dcontexts.data(), w);
  matmul(kSkipgramShared, w, n, {s.noise.data(), kSkipgramShared, true}, {s.centres.data(), w}, 0, s.ddrawn.data(), w);
}

double SkipgramNetwork::loss_and_gradient(float* gradient, const float* weights, const Batch& batch, float scale,
                                          const Regularisation& regularisation, float* losses) {
  if (sequences_.size() < size(batch.sequences)) sequences_.resize(size(batch.sequences), sequences_.front());
  use_counts(weights + shape_.counts());
  const int w = shape_.width, length = batch.length;
  tbb::parallel_for(0, batch.sequences, [&](int index) {
    pass(sequences_[size(index)], index, weights, batch, scale, regularisation.seed);
  });
  tbb::parallel_for(std::size_t{0}, std::size_t{2},
                    [&](std::size_t half) { std::fill_n(gradient + half * shape_.size(), shape_.size(), 0.0F); });
  std::fill_n(gradient + shape_.counts(), shape_.vocabulary, 0.0F);
  if (losses) std::fill_n(losses, at(batch.sequences, length), 0.0F);
  double total = 0;
  for (int index = 0; index < batch.sequences; ++index) {
    const Sequence& s = sequences_[size(index)];
    const int n = static_cast<int>(s.tokens.size());
    for (int i = 0; i < n; ++i) {
      total += static_cast<double>(s.losses[size(i)]);
      if (losses) losses[at(index, length) + std::min(i, length - 1)] += s.losses[size(i)];
    }
    if (n == 0) continue;
    embedding_backward(gradient + shape_.centres(), s.dcentres.data(), s.tokens, w);
    embedding_backward(gradient + shape_.contexts(), s.dcontexts.data(), s.tokens, w);
    embedding_backward(gradient + shape_.contexts(), s.ddrawn.data(), s.negatives, w);
  }
  return total;
}

}  // namespace noema::transformer
