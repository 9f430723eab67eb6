#include "transformer/trainer.h"

#include <catch2/catch.hpp>

#include "base/error.h"
#include "base/files.h"
#include "tests/transformer/samples.h"
#include "transformer/evaluate.h"

using namespace noema::transformer;

namespace {

TrainOptions steps(std::uint64_t n) {
  TrainOptions options;
  options.batch = 6;
  options.steps = n;
  options.learning_rate = 5e-3F;
  options.masked_share = 0.2;
  options.seed = 3;
  return options;
}

const std::vector<Pair> kNoPairs;

}  // namespace

TEST_CASE("training learns a small text") {
  const Model model = testing::small_model(16);
  const auto corpus = testing::story_corpus(model.tokenizer(), 4);
  auto options = steps(150);
  options.masked_share = 0;
  Trainer trainer(model, corpus, kNoPairs, options);
  trainer.run();
  REQUIRE(evaluate(model, corpus, 1).bits_per_character() > 4);
  REQUIRE(evaluate(trainer.model(), corpus, 1).bits_per_character() < 1.5);
}

TEST_CASE("training gives the same bits on any number of threads") {
  const Model model = testing::small_model(16, 0.1F);
  const auto corpus = testing::story_corpus(model.tokenizer(), 4);
  std::vector<std::string> hashes;
  for (int threads : {1, 2, 5}) {
    auto options = steps(12);
    options.threads = threads;
    Trainer trainer(model, corpus, kNoPairs, options);
    trainer.run();
    hashes.push_back(trainer.model().hash());
  }
  REQUIRE(hashes[0] == hashes[1]);
  REQUIRE(hashes[0] == hashes[2]);
}

TEST_CASE("a training that was stopped and resumed ends at the weights of one that ran through") {
  testing::TemporaryFolder folder;
  const Model model = testing::small_model(16, 0.1F);
  const auto corpus = testing::story_corpus(model.tokenizer(), 4);
  auto options = steps(20);
  Trainer through(model, corpus, kNoPairs, options);
  const auto whole = through.run();

  options.checkpoint = folder / "a.model.train";
  options.checkpoint_seconds = 0;  // after every step, so that a kill would find the last one
  {
    Trainer stopped(model, corpus, kNoPairs, options);
    stopped.run({}, 7);
  }
  options.resume = true;
  Trainer resumed(model, corpus, kNoPairs, options);
  const auto rest = resumed.run();
  REQUIRE(rest.step == 20);
  REQUIRE(rest.loss == whole.loss);
  REQUIRE(resumed.model().hash() == through.model().hash());
}

TEST_CASE("a checkpoint of another training, or a damaged one, is refused") {
  testing::TemporaryFolder folder;
  const Model model = testing::small_model(16);
  const auto corpus = testing::story_corpus(model.tokenizer(), 4);
  auto options = steps(3);
  options.checkpoint = folder / "a.model.train";
  options.checkpoint_seconds = 0;
  Trainer(model, corpus, kNoPairs, options).run();
  options.resume = true;
  auto other = options;
  other.learning_rate = 1e-3F;
  REQUIRE_THROWS_WITH(Trainer(model, corpus, kNoPairs, other), Catch::Matchers::Contains("other options"));
  auto bytes = noema::base::read_file(options.checkpoint);
  noema::base::write_file(options.checkpoint, bytes.substr(0, bytes.size() / 2));
  REQUIRE_THROWS_WITH(Trainer(model, corpus, kNoPairs, options), Catch::Matchers::Contains("truncated"));
}

TEST_CASE("a learned mapping is applied to sources that were not trained") {
  // Targets repeat the source's only word; words are trained as targets of other pairs too.
  const Model model = testing::small_model(16);
  const auto& tokenizer = model.tokenizer();
  std::vector<Pair> pairs;
  const auto line_end = tokenizer.encode("\n").front();
  for (Token t = kSpecials + 1; t < kSpecials + 13; ++t) pairs.push_back({{t}, {t, line_end}});
  auto options = steps(120);
  options.objective = Objective::kPrefix;
  options.masked_share = 0;
  const Corpus none;
  Trainer trainer(model, none, pairs, options);
  const auto progress = trainer.run();
  REQUIRE(progress.loss < 0.5);
}

TEST_CASE("pairs of many lengths, with text: the same bits on any number of threads and after a resumption") {
  testing::TemporaryFolder folder;
  const Model model = testing::small_model(16, 0.1F);
  const auto corpus = testing::story_corpus(model.tokenizer(), 1);
  std::vector<Pair> pairs;
  for (std::size_t i = 0; i < 60; ++i)
    pairs.push_back({{corpus.tokens.begin(), corpus.tokens.begin() + static_cast<std::ptrdiff_t>(1 + i % 7)},
                     {corpus.tokens.begin() + static_cast<std::ptrdiff_t>(i % 5), corpus.tokens.begin() + 6}});
  auto options = steps(25);
  std::vector<std::string> hashes;
  for (int threads : {1, 3}) {
    options.threads = threads;
    Trainer trainer(model, corpus, pairs, options);
    trainer.run();
    hashes.push_back(trainer.model().hash());
    REQUIRE(trainer.model().options().pairs == "causal");
  }
  options.checkpoint = folder / "a.model.train";
  options.checkpoint_seconds = 0;
  Trainer(model, corpus, pairs, options).run({}, 11);
  options.resume = true;
  Trainer resumed(model, corpus, pairs, options);
  resumed.run();
  REQUIRE(hashes[0] == hashes[1]);
  REQUIRE(hashes[0] == resumed.model().hash());
  pairs.back().source.back() += 1;
  REQUIRE_THROWS_WITH(Trainer(model, corpus, pairs, options), Catch::Matchers::Contains("other options or text"));
}

TEST_CASE("an epoch of pairs is as many steps as the sampler has batches") {
  const Model model = testing::small_model(16);
  const std::vector<Pair> pairs(100, Pair{{10, 11}, {12, 13}});  // 5 tokens each
  auto options = steps(1);
  options.steps = {};
  options.epochs = 2;
  const Corpus no_text;
  Trainer trainer(model, no_text, pairs, options);
  const auto progress = trainer.run();
  REQUIRE(progress.step == 2 * 6);  // 6 * 16 tokens hold 19 pairs
  REQUIRE(progress.tokens == 2 * 100 * 5);
}

TEST_CASE("contradictory ends of a training are refused") {
  const Model model = testing::small_model(16);
  const auto corpus = testing::story_corpus(model.tokenizer(), 4);
  auto options = steps(3);
  options.minutes = 1;
  REQUIRE_THROWS_AS(Trainer(model, corpus, kNoPairs, options), noema::base::UsageError);
}
