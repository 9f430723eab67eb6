#include "transformer/seq2seq_network.h"

#include <catch2/catch.hpp>

#include "base/error.h"
#include "tests/transformer/gradients.h"
#include "tests/transformer/training.h"
#include "transformer/evaluate.h"
#include "transformer/trainer.h"

using namespace noema::transformer;
using Catch::Matchers::Contains;

namespace {

const Corpus kNoText;

Model model_of(const std::string& attention, float dropout = 0) {
  ModelOptions options{
      .layers = 2, .width = 24, .heads = 2, .context = 16, .dropout = dropout, .tokenizer = "characters"};
  options.architecture = "seq2seq";
  options.attention = attention;
  return Model::random(options, Tokenizer::train("characters", testing::story_units(), 1), 7);
}

/// Targets are the sources in reverse, of one to `longest` tokens.
std::vector<Pair> reversed_pairs(const Tokenizer& tokenizer, int count, std::uint64_t longest) {
  noema::base::Rng rng(3);
  std::vector<Pair> pairs;
  for (int i = 0; i < count; ++i) {
    Pair pair;
    for (std::uint64_t n = 1 + rng.below(longest); n > 0; --n)
      pair.source.push_back(kSpecials + 1 + static_cast<Token>(rng.below(8)));
    pair.target.assign(pair.source.rbegin(), pair.source.rend());
    pair.target.push_back(tokenizer.encode("\n").front());
    pairs.push_back(pair);
  }
  return pairs;
}

TrainOptions options_of(std::uint64_t steps) {
  TrainOptions options;
  options.batch = 10;
  options.steps = steps;
  options.learning_rate = 1e-2F;
  return options;
}

}  // namespace

TEST_CASE("seq2seq's gradient agrees with finite differences, with and without attention and dropout") {
  for (const char* attention : {"none", "luong"}) {
    const Model model = model_of(attention);
    auto pairs = reversed_pairs(model.tokenizer(), 4, 6);
    pairs[1].source.clear();  // nothing to attend to
    Sampler sampler(kNoText, pairs, {.context = 12});
    const Batch batch = sampler.batch(0, 4);
    testing::check_gradient(model, batch, {});
    testing::check_gradient(model, batch, {0.3F, 99});
  }
}

TEST_CASE("a pair's loss does not depend on the pairs beside it") {
  for (const char* attention : {"none", "luong"}) {
    const Model model = model_of(attention);
    const auto pairs = reversed_pairs(model.tokenizer(), 5, 5);
    Sampler sampler(kNoText, pairs, {.context = 12});
    const Batch batch = sampler.batch(0, 5);
    Seq2SeqNetwork network({model.options(), model.tokenizer().size()}, 5, 12);
    const std::ptrdiff_t length = batch.length;
    std::vector<float> losses(batch.targets.size()), alone(static_cast<std::size_t>(length));
    network.loss(model.weights().data(), batch, losses.data());
    for (std::ptrdiff_t s = 0; s < 5; ++s) {
      const Batch one{1,
                      batch.length,
                      {batch.inputs.begin() + length * s, batch.inputs.begin() + length * (s + 1)},
                      {batch.targets.begin() + length * s, batch.targets.begin() + length * (s + 1)},
                      {0}};
      network.loss(model.weights().data(), one, alone.data());
      for (std::size_t i = 0; i < alone.size(); ++i)
        REQUIRE(alone[i] == Approx(losses[static_cast<std::size_t>(s * length) + i]).margin(1e-5));
    }
  }
}

TEST_CASE("seq2seq learns to reverse, with the same bits on any number of threads, stopped or not") {
  for (const char* attention : {"none", "luong"}) {
    INFO(attention);
    const Model model = model_of(attention, 0.05F);
    const auto pairs = reversed_pairs(model.tokenizer(), 300, 5);
    testing::require_same_training(model, kNoText, pairs, options_of(400), 9,
                                   [](const Progress& end) { REQUIRE(end.loss < 1); });
  }
}

TEST_CASE("what an architecture cannot be trained on is refused") {
  const Model model = model_of("luong");
  const auto text = testing::story_corpus(model.tokenizer(), 2);
  const auto pairs = reversed_pairs(model.tokenizer(), 5, 5);
  REQUIRE_THROWS_WITH(Trainer(model, text, {}, options_of(1)), Contains("--pairs"));
  REQUIRE_THROWS_WITH(Trainer(model, text, pairs, options_of(1)), Contains("leave out --text"));
  REQUIRE_THROWS_WITH(evaluate(model, text), Contains("seq2seq"));
  auto options = options_of(1);
  options.masked_share = 0.2;
  REQUIRE_THROWS_WITH(Trainer(testing::small_model_of("lstm"), text, {}, options), Contains("--masked-share"));
  options.masked_share = 0;
  options.objective = Objective::kMasked;
  REQUIRE_THROWS_WITH(Trainer(testing::small_model_of("skipgram"), text, {}, options), Contains("--objective"));
}
