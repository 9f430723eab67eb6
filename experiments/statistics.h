#pragma once
// Statistics over the bits of words, each beside its formula.

#include <cstdint>
#include <stop_token>
#include <utility>
#include <vector>

#include "base/text.h"

namespace noema::experiments {

/// Bits per character = bits / (characters + line ends). Characters are Unicode code points. 0 characters give 0.
double bits_per_char(double bits, std::uint64_t characters);

/// Word perplexity = 2^(bits / (white-space words + line ends)). 0 words give 1.
double word_perplexity(double bits, std::uint64_t words);

/// Bits of the white-space words of a line and of its line end, from the bits of its units (same order and number as
/// `units`): a word begins at the line's first unit and at each unit with white space before it. A line of w words
/// gives w + 1 values with the same sum. Throws std::logic_error if the numbers of units differ.
std::vector<float> word_bits(const std::vector<base::Unit>& units, const std::vector<double>& unit_bits);

/// Pearson's r = cov(x, y) / sqrt(var(x) var(y)); 0 if fewer than two pairs or a constant side.
double correlation(const std::vector<double>& x, const std::vector<double>& y);

/// A quantile of sorted values, at least one, by linear interpolation between the two nearest.
double quantile(const std::vector<double>& sorted, double share);

/// Of a sample: its mean, its standard deviation s (n - 1), and the 95% interval of the mean by Student's t:
/// mean -+ t(0.975, n - 1) s / sqrt(n).
struct MeanInterval {
  double mean = 0, deviation = 0, low = 0, high = 0;
};
/// At least two numbers. O(n).
MeanInterval mean_interval(const std::vector<double>& sample);

/// Mean of (a - b) ln 2 over words: negative when a is better. low and high bound the 95% interval.
struct Difference {
  double nats_per_word = 0;
  double low = 0;
  double high = 0;
};

struct BootstrapOptions {
  std::size_t block_words = 200;  ///< words that stay together, so that neighbours' dependence is kept
  std::size_t resamples = 1000;
  std::uint64_t seed = 1;
  std::stop_token stop;  ///< asked between draws; the bootstrap then throws base::Interrupted
};

/// Paired block bootstrap (Kuensch 1989, non-overlapping blocks; the percentile interval): words are cut into
/// consecutive blocks (the last may be shorter), blocks are drawn with replacement as many as there are, and the mean
/// of each draw is sum of differences / sum of words; low and high are its 2.5% and 97.5% quantiles. Throws base::Error
/// if the sizes differ. O(words + resamples * blocks).
Difference paired_bootstrap(const std::vector<float>& a_bits, const std::vector<float>& b_bits,
                            const BootstrapOptions& options = {});

/// The same over several runs of the two, {a, b} each (seeds of one experiment): each draw draws runs with replacement,
/// and of each its blocks, so that the interval holds what differs from seed to seed too. Of one run it is the above.
Difference paired_bootstrap(const std::vector<std::pair<std::vector<float>, std::vector<float>>>& runs,
                            const BootstrapOptions& options = {});

}  // namespace noema::experiments
