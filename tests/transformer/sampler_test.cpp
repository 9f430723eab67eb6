#include "transformer/sampler.h"

#include <catch2/catch.hpp>
#include <set>

#include "base/error.h"
#include "tests/transformer/samples.h"

using namespace noema::transformer;

namespace {

Corpus counting(int n) {
  Corpus corpus;
  for (int i = 0; i < n; ++i) corpus.tokens.push_back(kSpecials + i);
  return corpus;
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
  REQUIRE(batch.inputs == std::vector<Token>{kStart, 10, 11, 12, kSeparator, 20, kPad, kPad, kPad, kPad, kPad, kPad});
  REQUIRE(batch.targets == std::vector<Token>{-1, -1, -1, -1, 20, 21, -1, -1, -1, -1, -1, -1});
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
