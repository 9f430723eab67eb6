#include "transformer/skipgram_network.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "tests/transformer/gradients.h"
#include "tests/transformer/training.h"
#include "transformer/evaluate.h"
#include "transformer/trainer.h"

using namespace noema::transformer;

namespace {

const std::vector<Pair> kNoPairs;

TrainOptions options_of(std::uint64_t steps) {
  TrainOptions options;
  options.batch = 6;
  options.steps = steps;
  options.learning_rate = 2e-2F;
  options.optimizer.weight_decay = 0;
  return options;
}

}  // namespace

TEST_CASE("skip-gram's gradient agrees with finite differences of the same draws, and counts have none") {
  const Model model = testing::small_model_of("skipgram");
  const Batch batch = testing::story_batch_of(model, 3, 10);
  testing::check_gradient(model, batch, {0, 4}, "counts");
  testing::check_gradient(model, batch, {0.3F, 99}, "counts");
}

TEST_CASE("skip-gram's loss is that of a distribution over the next token given the last") {
  const Model model = testing::small_model_of("skipgram");
  const int vocabulary = model.tokenizer().size();
  const SkipgramShape shape(model.options(), vocabulary);
  std::vector<float> weights(model.weights().begin(), model.weights().end());
  for (int i = 0; i < vocabulary; ++i)
    weights[shape.counts() + static_cast<std::size_t>(i)] = static_cast<float>(1 + i % 7);
  SkipgramNetwork network(shape, 1, vocabulary);
  Batch batch{1, vocabulary, std::vector<Token>(static_cast<std::size_t>(vocabulary), 9), {}, {0}};
  for (Token t = 0; t < vocabulary; ++t) batch.targets.push_back(t);
  std::vector<float> losses(batch.targets.size());
  network.loss(weights.data(), batch, losses.data());
  double sum = 0;
  for (std::size_t t = kSpecials; t < losses.size(); ++t) sum += std::exp(-static_cast<double>(losses[t]));
  REQUIRE(sum == Approx(1).epsilon(1e-5));
}

TEST_CASE("skip-gram counts its text, keeps the counts through training, and predicts better for it") {
  const Model model = testing::small_model_of("skipgram");
  const SkipgramShape shape(model.options(), model.tokenizer().size());
  const auto corpus = testing::story_corpus(model.tokenizer(), 4);
  Trainer trainer(model, corpus, kNoPairs, options_of(150));
  const Model before = trainer.model();
  trainer.run();
  const Model after = trainer.model();
  const auto count = [&](Token token) {
    return 1 + static_cast<float>(std::count(corpus.tokens.begin(), corpus.tokens.end(), token));
  };
  for (Token t = kSpecials; t < model.tokenizer().size(); ++t)
    REQUIRE(after.weights()[shape.counts() + static_cast<std::size_t>(t)] == count(t));
  const double counted = evaluate(before, corpus).bits_per_character();
  REQUIRE(counted < evaluate(model, corpus).bits_per_character());
  REQUIRE(evaluate(after, corpus).bits_per_character() < counted - 0.5);
}

TEST_CASE("skip-gram trains to the same bits on any number of threads, stopped or not, and comes back from its file") {
  const Model model = testing::small_model_of("skipgram");
  const auto corpus = testing::story_corpus(model.tokenizer(), 4);
  testing::require_same_training(model, corpus, kNoPairs, options_of(12), 5);
}
