#include "experiments/statistics.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "base/error.h"
#include "base/numbers.h"
#include "base/rng.h"
#include "base/stop.h"

using namespace noema::experiments;
namespace base = noema::base;

namespace {

/// Two arms of n words that differ by `shift` bits a word in the mean, with noise of one bit.
std::pair<std::vector<float>, std::vector<float>> two_arms(std::size_t n, double shift, std::uint64_t seed) {
  base::Rng rng(seed);
  std::vector<float> a(n);
  std::vector<float> b(n);
  for (std::size_t i = 0; i < n; ++i) {
    b[i] = static_cast<float>(6 + rng.normal());
    a[i] = static_cast<float>(b[i] + shift + rng.normal());
  }
  return {a, b};
}

}  // namespace

TEST_CASE("bits per character and word perplexity follow their formulas") {
  CHECK(bits_per_char(30, 12) == Approx(2.5));
  CHECK(bits_per_char(30, 0) == 0);
  CHECK(word_perplexity(30, 3) == Approx(1024));
  CHECK(word_perplexity(0, 0) == 1);
}

TEST_CASE("unit bits are summed to white-space words and a line end") {
  base::Segmenter segmenter;
  const std::string line = "Anna's cat, 道可。 ";
  const auto units = segmenter.split(line);
  const std::vector<double> bits(units.size(), 1.5);
  const auto words = word_bits(units, bits);
  CHECK(words.size() == base::count_words(line) + 1);
  double sum = 0;
  for (const float word : words) sum += static_cast<double>(word);
  CHECK(sum == Approx(1.5 * static_cast<double>(units.size())));
}

TEST_CASE("an empty line is one word: its end") {
  base::Segmenter segmenter;
  CHECK(word_bits(segmenter.split(""), {2.0}) == std::vector<float>{2.0F});
}

TEST_CASE("word_bits refuses a number of bits that is not the number of units") {
  base::Segmenter segmenter;
  CHECK_THROWS_AS(word_bits(segmenter.split("a b"), {1.0}), std::logic_error);
}

TEST_CASE("correlation is 1 on a line, -1 on a falling line and 0 on a constant") {
  CHECK(correlation({1, 2, 3}, {2, 4, 6}) == Approx(1));
  CHECK(correlation({1, 2, 3}, {5, 4, 3}) == Approx(-1));
  CHECK(correlation({1, 2, 3}, {7, 7, 7}) == 0);
  CHECK(correlation({1}, {1}) == 0);
  CHECK(correlation({1, 2, 3, 4}, {1, 3, 2, 4}) == Approx(0.8));
}

TEST_CASE("the bootstrap's mean is the difference in nats a word") {
  const Difference d = paired_bootstrap({3, 3, 3, 3}, {4, 4, 4, 4});
  CHECK(d.nats_per_word == Approx(-base::kLn2));
  CHECK(d.low == Approx(-base::kLn2));
  CHECK(d.high == Approx(-base::kLn2));
}

TEST_CASE("the bootstrap's interval has the width that the normal law foretells") {
  const std::size_t n = 40000;
  const auto [a, b] = two_arms(n, -0.1, 7);
  const Difference d = paired_bootstrap(a, b);
  const double expected_half = 1.96 * base::kLn2 / std::sqrt(static_cast<double>(n));
  CHECK(d.low < d.nats_per_word);
  CHECK(d.nats_per_word < d.high);
  CHECK((d.high - d.low) / 2 == Approx(expected_half).epsilon(0.25));
  CHECK(d.high < 0);
}

TEST_CASE("the bootstrap's interval holds the true difference about 95 times in 100") {
  int held = 0;
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    const auto [a, b] = two_arms(10000, 0, 1000 + seed);
    BootstrapOptions options;
    options.resamples = 400;
    options.seed = seed;
    const Difference d = paired_bootstrap(a, b, options);
    if (d.low <= 0 && d.high >= 0) ++held;
  }
  CHECK(held >=
        178);  // three standard deviations below 190 of 200 are 181; 50 blocks make the interval a little narrow
  CHECK(held < 200);
}

TEST_CASE("blocks keep words that go together: a drifting difference widens the interval") {
  std::vector<float> a;
  const std::vector<float> b(20000, 0.0F);
  base::Rng rng(3);
  for (int block = 0; block < 100; ++block) a.insert(a.end(), 200, static_cast<float>(rng.normal()));
  BootstrapOptions single;
  single.block_words = 1;
  const Difference blocks = paired_bootstrap(a, b);
  const Difference words = paired_bootstrap(a, b, single);
  CHECK(blocks.high - blocks.low > 5 * (words.high - words.low));
}

TEST_CASE("the same seed gives the same interval, and a short last block is allowed") {
  const auto [a, b] = two_arms(1234, 0.3, 5);
  const Difference one = paired_bootstrap(a, b);
  const Difference two = paired_bootstrap(a, b);
  CHECK(one.low == two.low);
  CHECK(one.high == two.high);
}

TEST_CASE("of several runs the interval holds what differs from run to run, and of one run it is the same as before") {
  const auto [a, b] = two_arms(4000, 0.3, 5);
  const Difference one = paired_bootstrap(a, b), same = paired_bootstrap({{a, b}});
  CHECK(one.low == same.low);
  CHECK(one.high == same.high);
  // Within each of three runs the arms always differ by the same; between runs the difference is another.
  const std::vector<float> zero(1000, 0.0F), few(1000, 1.0F), many(1000, 3.0F);
  const Difference d = paired_bootstrap({{zero, zero}, {few, zero}, {many, zero}});
  CHECK(d.nats_per_word == Approx(4.0 / 3 * base::kLn2));
  CHECK(d.low == Approx(0));
  CHECK(d.high > 2.3 * base::kLn2);
}

TEST_CASE("the bootstrap refuses arms that scored different streams") {
  CHECK_THROWS_AS(paired_bootstrap({1, 2}, {1}), base::Error);
}

TEST_CASE("the bootstrap ends when a stop is requested") {
  std::stop_source source;
  BootstrapOptions options;
  options.stop = source.get_token();
  CHECK(paired_bootstrap({1, 2}, {1, 1}, options).nats_per_word > 0);
  source.request_stop();
  CHECK_THROWS_AS(paired_bootstrap({1, 2}, {1, 1}, options), base::Interrupted);
}

TEST_CASE("the interval of a mean is Student's", "[statistics]") {
  const MeanInterval three = mean_interval({1, 2, 3});
  CHECK(three.mean == Approx(2));
  CHECK(three.deviation == Approx(1));
  CHECK(three.low == Approx(2 - 4.302653 / std::sqrt(3.0)));  // t(0.975, 2) = 4.302653
  CHECK(three.high == Approx(2 + 4.302653 / std::sqrt(3.0)));
  const MeanInterval equal = mean_interval({0.5, 0.5});
  CHECK(equal.low == 0.5);
  CHECK(equal.high == 0.5);
  CHECK_THROWS_AS(mean_interval({1}), base::Bug);
}
