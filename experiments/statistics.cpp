#include "experiments/statistics.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
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

double drawn_mean(const std::vector<std::vector<Block>>& runs, base::Rng& rng) {
  Block sum;
  for (std::size_t k = 0; k < runs.size(); ++k) {
    const auto& blocks = runs.size() == 1 ? runs[0] : runs[rng.below(runs.size())];
    for (std::size_t i = 0; i < blocks.size(); ++i) {
      const Block& block = blocks[rng.below(blocks.size())];
      sum.nats += block.nats;
      sum.words += block.words;
    }
  }
  return sum.nats / sum.words;
}

}  // namespace

double quantile(const std::vector<double>& sorted, double share) {
  const double position = share * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(position);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  const double part = position - static_cast<double>(below);
  return sorted[below] * (1 - part) + sorted[above] * part;
}

double bits_per_char(double bits, std::uint64_t characters) {
  return characters == 0 ? 0 : bits / static_cast<double>(characters);
}

MeanInterval mean_interval(const std::vector<double>& sample) {
  base::check(sample.size() >= 2, "mean_interval: less than two numbers");
  const auto count = static_cast<double>(sample.size());
  MeanInterval result;
  for (const double value : sample) result.mean += value / count;
  double squares = 0;
  for (const double value : sample) squares += (value - result.mean) * (value - result.mean);
  result.deviation = std::sqrt(squares / (count - 1));
  const boost::math::students_t student(count - 1);
  const double half = boost::math::quantile(student, 0.975) * result.deviation / std::sqrt(count);
  result.low = result.mean - half;
  result.high = result.mean + half;
  return result;
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
  return paired_bootstrap({{a_bits, b_bits}}, options);
}

Difference paired_bootstrap(const std::vector<std::pair<std::vector<float>, std::vector<float>>>& runs,
                            const BootstrapOptions& options) {
  base::check(options.block_words > 0 && options.resamples > 0, "paired_bootstrap needs blocks and resamples");
  std::vector<std::vector<Block>> blocks;
  Block all;
  for (const auto& [a, b] : runs) {
    if (a.size() != b.size())
      throw base::Error(
          fmt::format("paired bootstrap: the arms have {} and {} words; they must have scored the same stream",
                      a.size(), b.size()));
    if (a.empty()) continue;
    blocks.push_back(cut_blocks(a, b, options.block_words));
    for (const Block& block : blocks.back()) {
      all.nats += block.nats;
      all.words += block.words;
    }
  }
  if (blocks.empty()) return {};
  Difference result;
  result.nats_per_word = all.nats / all.words;

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
