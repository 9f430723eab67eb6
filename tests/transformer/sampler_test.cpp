#include "transformer/sampler.h"

#include <catch2/catch.hpp>
#include <set>

#include "base/error.h"
#include "tests/transformer/samples.h"

using namespace noema::transformer;

namespace {

Corpus counting(int n) {
  Corpus corpus;
  std::vector<Token> tokens;
  for (int i = 0; i < n; ++i) tokens.push_back(kSpecials + i);
  corpus.tokens = tokens;
  return corpus;
}

/// Pair i is known by its source's first token; sides are of 1 to 9 tokens.
std::vector<Pair> numbered_pairs(int n) {
  noema::base::Rng rng(2);
  std::vector<Pair> pairs;
  for (int i = 0; i < n; ++i) {
    Pair pair{{1000 + i}, {}};
    pair.source.resize(1 + rng.below(9), 7);
    pair.target.resize(1 + rng.below(9), 8);
    pairs.push_back(std::move(pair));
  }
  return pairs;
}

/// Firsts of a batch's rows: the pair's number, or the block's first token.
std::vector<Token> firsts(const Batch& batch) {
  std::vector<Token> all;
  for (std::size_t row = 0; row < static_cast<std::size_t>(batch.sequences); ++row)
    all.push_back(batch.inputs[row * static_cast<std::size_t>(batch.length) + 1]);
  return all;
}

}  // namespace

TEST_CASE("an epoch shows every block once, in an order of its own") {
  const Corpus corpus = counting(103);
  const std::vector<Pair> pairs;
  Sampler sampler(corpus, pairs, {10, Objective::kCausal, 0, 0.2, 1});
  REQUIRE(sampler.sequences_per_epoch() == 10);
  std::vector<std::vector<Token>> firsts(2);
  for (std::uint64_t step = 0; step < 10; ++step) {
    const Batch batch = sampler.batch(step, 2);
    for (std::size_t row = 0; row < 2; ++row) {
      REQUIRE(batch.inputs[row * 10] == kStart);
      for (std::size_t i = 1; i < 10; ++i) REQUIRE(batch.inputs[row * 10 + i] == batch.targets[row * 10 + i - 1]);
      firsts[step / 5].push_back(batch.targets[row * 10]);
    }
  }
  for (const auto& epoch : firsts) {
    const std::set<Token> distinct(epoch.begin(), epoch.end());
    REQUIRE(distinct.size() == 10);
    for (Token first : distinct) REQUIRE((first - *distinct.begin()) % 10 == 0);
  }
  REQUIRE(firsts[0] != firsts[1]);
}

TEST_CASE("a step's batch depends on the seed and the step alone") {
  const Corpus corpus = counting(500);
  const std::vector<Pair> pairs;
  Sampler a(corpus, pairs, {10, Objective::kCausal, 0.5, 0.2, 1}),
      b(corpus, pairs, {10, Objective::kCausal, 0.5, 0.2, 1});
  for (std::uint64_t step : {40, 0, 17, 3}) a.batch(step, 4);
  REQUIRE(a.batch(23, 4).inputs == b.batch(23, 4).inputs);
}

TEST_CASE("masked sequences read both ways and are asked only for what is hidden") {
  const Corpus corpus = counting(500);
  const std::vector<Pair> pairs;
  Sampler sampler(corpus, pairs, {20, Objective::kMasked, 0, 0.3, 1});
  const Batch batch = sampler.batch(0, 8);
  int hidden = 0;
  for (std::size_t row = 0; row < 8; ++row) {
    REQUIRE(batch.prefixes[row] == 20);
    for (std::size_t i = 0; i + 1 < 20; ++i) {
      const bool masked = batch.inputs[row * 20 + i + 1] == kMask;
      REQUIRE(masked == (batch.targets[row * 20 + i] >= 0));
      hidden += masked;
    }
  }
  REQUIRE(hidden > 20);
  REQUIRE(hidden < 75);
}

TEST_CASE("a pair's target is predicted from the source, which all may see") {
  const Corpus empty;
  const std::vector<Pair> pairs = {{{10, 11, 12}, {20, 21}}};
  Sampler sampler(empty, pairs, {12, Objective::kPrefix, 0, 0.2, 1});
  const Batch batch = sampler.batch(0, 1);
  REQUIRE(batch.length == 6);
  REQUIRE(batch.inputs == std::vector<Token>{kStart, 10, 11, 12, kSeparator, 20});
  REQUIRE(batch.targets == std::vector<Token>{-1, -1, -1, -1, 20, 21});
  REQUIRE(batch.prefixes[0] == 5);
}

TEST_CASE("a pair longer than the context keeps some of both sides") {
  const Corpus empty;
  std::vector<Pair> pairs(1);
  pairs[0].source.assign(50, 10);
  pairs[0].target.assign(50, 20);
  Sampler sampler(empty, pairs, {12, Objective::kPrefix, 0, 0.2, 1});
  const Batch batch = sampler.batch(0, 1);
  REQUIRE(std::count(batch.inputs.begin(), batch.inputs.end(), 10) == 4);
  REQUIRE(std::count(batch.targets.begin(), batch.targets.end(), 20) == 7);
}

TEST_CASE("texts shorter than the context fit too, and nothing at all is refused") {
  const Corpus corpus = counting(3), empty;
  const std::vector<Pair> none;
  Sampler sampler(corpus, none, {10, Objective::kCausal, 0, 0.2, 1});
  const Batch batch = sampler.batch(0, 2);
  REQUIRE(batch.inputs[0] == kStart);
  REQUIRE(batch.inputs[3] == kPad);
  REQUIRE(batch.targets[3] == -1);
  REQUIRE_THROWS_AS(Sampler(empty, none, {10, Objective::kCausal, 0, 0.2, 1}), noema::base::Error);
}

TEST_CASE("pairs of one length stand in one batch, about as many tokens in each, every pair once an epoch") {
  const Corpus empty;
  const auto pairs = numbered_pairs(400);
  Sampler sampler(empty, pairs, {24, Objective::kCausal, 0, 0.2, 1});
  const auto steps = static_cast<std::uint64_t>(sampler.steps_per_epoch(4));
  std::vector<std::vector<Token>> epochs(2);
  std::size_t tokens = 0, padding = 0;
  for (std::uint64_t step = 0; step < 2 * steps; ++step) {
    const Batch batch = sampler.batch(step, 4);
    REQUIRE(batch.inputs.size() == static_cast<std::size_t>(batch.sequences * batch.length));
    REQUIRE(batch.inputs.size() <= 4 * 24);
    tokens += batch.inputs.size();
    padding += static_cast<std::size_t>(std::count(batch.inputs.begin(), batch.inputs.end(), kPad));
    for (Token first : firsts(batch)) epochs[step / steps].push_back(first);
  }
  REQUIRE(padding * 20 < tokens);
  REQUIRE(tokens / (2 * steps) > 4 * 24 * 3 / 4);
  for (const auto& epoch : epochs) {
    REQUIRE(epoch.size() == 400);
    REQUIRE(std::set<Token>(epoch.begin(), epoch.end()).size() == 400);
  }
  REQUIRE(epochs[0] != epochs[1]);
}

TEST_CASE("a step of pairs depends on the seed and the step alone, and who stands together changes with the epoch") {
  const Corpus corpus = counting(500);
  const auto pairs = numbered_pairs(300);
  const SamplerOptions options{24, Objective::kPrefix, 0, 0.2, 1};
  Sampler a(corpus, pairs, options), b(corpus, pairs, options);
  const auto steps = static_cast<std::uint64_t>(a.steps_per_epoch(4));
  for (std::uint64_t step : {steps + 3, std::uint64_t{0}, 3 * steps, std::uint64_t{5}}) a.batch(step, 4);
  std::set<std::vector<Token>> first, second;
  for (std::uint64_t step = 0; step < 2 * steps; ++step) {
    const Batch batch = b.batch(step, 4);
    if (step % 7 == 0) REQUIRE(a.batch(step, 4).inputs == batch.inputs);
    (step < steps ? first : second).insert(firsts(batch));
  }
  REQUIRE(first != second);
}

TEST_CASE("text and pairs share an epoch: every block and every pair once") {
  const Corpus corpus = counting(101);
  const auto pairs = numbered_pairs(50);
  Sampler sampler(corpus, pairs, {10, Objective::kCausal, 0, 0.2, 1});
  std::set<Token> blocks, numbers;
  std::size_t rows = 0;
  for (std::uint64_t step = 0; step < static_cast<std::uint64_t>(sampler.steps_per_epoch(3)); ++step)
    for (Token first : firsts(sampler.batch(step, 3))) {
      (first >= 1000 ? numbers : blocks).insert(first);
      ++rows;
    }
  REQUIRE(blocks.size() == 10);
  REQUIRE(numbers.size() == 50);
  REQUIRE(rows == sampler.sequences_per_epoch());
}

TEST_CASE("a causal reader of pairs may be asked for the source too, never for the separator") {
  const Corpus empty;
  const std::vector<Pair> pairs = {{{10, 11, 12}, {20, 21}}};
  SamplerOptions options{12, Objective::kCausal, 0, 0.2, 1};
  REQUIRE(Sampler(empty, pairs, options).batch(0, 1).targets == std::vector<Token>{-1, -1, -1, -1, 20, 21});
  options.predict_source = true;
  const Batch batch = Sampler(empty, pairs, options).batch(0, 1);
  REQUIRE(batch.targets == std::vector<Token>{10, 11, 12, -1, 20, 21});
  REQUIRE(batch.prefixes[0] == 0);
}
