#pragma once
// How much better one arm translates than another, with an interval.

#include <cstdint>
#include <stop_token>
#include <vector>

#include "transformer/translation_score.h"

namespace noema::experiments {

/// Corpus BLEU of a minus that of b, from 0 to 100 each, and the 95% interval.
struct BleuDifference {
  double bleu = 0, low = 0, high = 0;
};

struct BleuBootstrapOptions {
  std::size_t block = 10;  ///< pairs that stay together, so that neighbours' dependence is kept
  std::size_t resamples = 1000;
  std::uint64_t seed = 1;
  std::stop_token stop;  ///< asked between draws; the bootstrap then throws base::Interrupted
};

/// Paired bootstrap (Koehn 2004) over blocks of consecutive pairs: blocks are drawn with replacement, the same for both
/// arms, and each draw's BLEU is that of the summed counts; low and high are the 2.5% and 97.5% quantiles of the
/// difference. Throws std::logic_error if the numbers of pairs differ. O(resamples blocks).
BleuDifference bleu_difference(const std::vector<transformer::BleuCounts>& a,
                               const std::vector<transformer::BleuCounts>& b, const BleuBootstrapOptions& options = {});

}  // namespace noema::experiments
