#include "experiments/bleu_difference.h"

#include <algorithm>

#include "base/error.h"
#include "base/rng.h"
#include "base/stop.h"
#include "experiments/statistics.h"

namespace noema::experiments {
namespace {

using transformer::BleuCounts;

std::vector<BleuCounts> sums_of_blocks(const std::vector<BleuCounts>& counts, std::size_t block) {
  std::vector<BleuCounts> sums((counts.size() + block - 1) / block);
  for (std::size_t i = 0; i < counts.size(); ++i) sums[i / block].add(counts[i]);
  return sums;
}

double bleu_of(const std::vector<BleuCounts>& counts) {
  BleuCounts sum;
  for (const BleuCounts& one : counts) sum.add(one);
  return sum.bleu();
}

}  // namespace

BleuDifference bleu_difference(const std::vector<BleuCounts>& a, const std::vector<BleuCounts>& b,
                               const BleuBootstrapOptions& options) {
  base::check(a.size() == b.size(), "bleu_difference: both arms must have translated the same pairs");
  base::check(options.block > 0 && options.resamples > 0, "bleu_difference needs blocks and resamples");
  if (a.empty()) return {};
  const auto of_a = sums_of_blocks(a, options.block), of_b = sums_of_blocks(b, options.block);
  base::Rng rng(options.seed);
  std::vector<double> differences(options.resamples);
  for (double& difference : differences) {
    base::stop_if_requested(options.stop);
    BleuCounts drawn_a, drawn_b;
    for (std::size_t i = 0; i < of_a.size(); ++i) {
      const std::size_t drawn = rng.below(of_a.size());
      drawn_a.add(of_a[drawn]);
      drawn_b.add(of_b[drawn]);
    }
    difference = drawn_a.bleu() - drawn_b.bleu();
  }
  std::sort(differences.begin(), differences.end());
  return {bleu_of(a) - bleu_of(b), quantile(differences, 0.025), quantile(differences, 0.975)};
}

}  // namespace noema::experiments
