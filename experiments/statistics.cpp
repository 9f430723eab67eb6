#include "experiments/statistics.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "base/numbers.h"
#include "base/rng.h"
#include "base/stop.h"

namespace noema::experiments {
namespace {

struct Block {
  double nats = 0;
  double words = 0;
};

std::vector<Block> cut_blocks(const std::vector<float>& a, const std::vector<float>& b, std::size_t block_words) {
  std::vector<Block> blocks((a.size() + block_words - 1) / block_words);
  for (std::size_t i = 0; i < a.size(); ++i) {
    Block& block = blocks[i / block_words];
    block.nats += (static_cast<double>(a[i]) - static_cast<double>(b[i])) * base::kLn2;
    block.words += 1;
  }
  return blocks;
}

double drawn_mean(const std::vector<Block>& blocks, base::Rng& rng) {
  Block sum;
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    const Block& block = blocks[rng.below(blocks.size())];
    sum.nats += block.nats;
    sum.words += block.words;
  }
  return sum.nats / sum.words;
}

/// Of sorted values, by linear interpolation.
double quantile(const std::vector<double>& sorted, double share) {
  const double position = share * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(position);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  const double part = position - static_cast<double>(below);
  return sorted[below] * (1 - part) + sorted[above] * part;
}

}  // namespace

double bits_per_char(double bits, std::uint64_t characters) {
  return characters == 0 ? 0 : bits / static_cast<double>(characters);
}

double word_perplexity(double bits, std::uint64_t words) {
  return words == 0 ? 1 : std::exp2(bits / static_cast<double>(words));
}

std::vector<float> word_bits(const std::vector<base::Unit>& units, const std::vector<double>& unit_bits) {
  base::check(units.size() == unit_bits.size(), "word_bits: an arm must give one number for each unit of the line");
  std::vector<double> words;
  for (std::size_t i = 0; i < units.size(); ++i) {
    const bool begins = i == 0 || units[i].line_end || units[i].text_begin > units[i].begin;
    if (begins) words.push_back(0);
    words.back() += unit_bits[i];
  }
  return {words.begin(), words.end()};
}

double correlation(const std::vector<double>& x, const std::vector<double>& y) {
  base::check(x.size() == y.size(), "correlation: both sides need the same number of values");
  if (x.size() < 2) return 0;
  const auto n = static_cast<double>(x.size());
  double mean_x = 0;
  double mean_y = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    mean_x += x[i] / n;
    mean_y += y[i] / n;
  }
  double xy = 0;
  double xx = 0;
  double yy = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    xy += (x[i] - mean_x) * (y[i] - mean_y);
    xx += (x[i] - mean_x) * (x[i] - mean_x);
    yy += (y[i] - mean_y) * (y[i] - mean_y);
  }
  return xx <= 0 || yy <= 0 ? 0 : xy / std::sqrt(xx * yy);
}

Difference paired_bootstrap(const std::vector<float>& a_bits, const std::vector<float>& b_bits,
                            const BootstrapOptions& options) {
  if (a_bits.size() != b_bits.size()) {
    throw base::Error(
        fmt::format("paired bootstrap: the arms have {} and {} words; they must have scored the same stream",
                    a_bits.size(), b_bits.size()));
  }
  base::check(options.block_words > 0 && options.resamples > 0, "paired_bootstrap needs blocks and resamples");
  if (a_bits.empty()) return {};
  const std::vector<Block> blocks = cut_blocks(a_bits, b_bits, options.block_words);
  Difference result;
  for (const Block& block : blocks) result.nats_per_word += block.nats;
  result.nats_per_word /= static_cast<double>(a_bits.size());

  base::Rng rng(options.seed);
  std::vector<double> means(options.resamples);
  for (double& mean : means) {
    base::stop_if_requested(options.stop);
    mean = drawn_mean(blocks, rng);
  }
  std::sort(means.begin(), means.end());
  result.low = quantile(means, 0.025);
  result.high = quantile(means, 0.975);
  return result;
}

}  // namespace noema::experiments
