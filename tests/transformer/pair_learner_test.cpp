#include "transformer/pair_learner.h"

#include <catch2/catch.hpp>

#include "base/error.h"
#include "tests/transformer/gradients.h"
#include "transformer/sampler.h"

using namespace noema::transformer;

namespace {

Model pairs_model(const char* architecture) {
  const Model drawn = testing::small_model_of(architecture);
  ModelOptions options = drawn.options();
  options.pairs = "causal";
  return {options, drawn.tokenizer(), std::vector<float>(drawn.weights().begin(), drawn.weights().end())};
}

}  // namespace

TEST_CASE("a copy learns the pair that it is told, and the model that it was copied from stays as it is") {
  for (const char* architecture : {"transformer", "seq2seq"}) {
    INFO(architecture);
    const Model model = pairs_model(architecture);
    const std::string hash = model.hash();
    PairLearner learner(model, 2, {1e-2F, 1, {}});
    const std::vector<Pair> told{tokens_of_pair("the cat", "tac", model.tokenizer()),
                                 tokens_of_pair("go", "og", model.tokenizer())};
    const double first = learner.learn(told);
    double last = first;
    for (int i = 0; i < 30; ++i) last = learner.learn(told);
    CHECK(last < first / 2);
    CHECK(model.hash() == hash);
    CHECK(learner.model().hash() != hash);
    CHECK(learner.bytes() > 0);
  }
}

TEST_CASE("pairs of several lengths in one step cost what they cost one by one") {
  const Model model = pairs_model("seq2seq");
  const std::vector<Pair> pairs{tokens_of_pair("the cat", "tac", model.tokenizer()),
                                tokens_of_pair("go", "og", model.tokenizer())};
  const auto network = make_network(model.options(), model.tokenizer().size(), 2, model.context());
  const double together = network->loss(model.weights().data(), batch_of_pairs(pairs, model.options()));
  double apart = 0;
  for (std::size_t i = 0; i < pairs.size(); ++i)
    apart += network->loss(model.weights().data(), batch_of_pairs(std::span(pairs).subspan(i, 1), model.options()));
  CHECK(together == Approx(apart).epsilon(1e-4));
}

TEST_CASE("a model of text alone has no pairs to go on learning from") {
  CHECK_THROWS_WITH(PairLearner(testing::small_model_of("transformer"), 1), Catch::Contains("trained on pairs"));
}
