#include "transformer/recurrent_network.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <nlohmann/json.hpp>

#include "base/files.h"
#include "tests/transformer/gradients.h"
#include "transformer/evaluate.h"
#include "transformer/ops.h"
#include "transformer/trainer.h"

using namespace noema::transformer;

namespace {

const std::vector<Pair> kNoPairs;

}  // namespace

TEST_CASE("losses and gradients of LSTM and GRU agree with PyTorch's") {
  const auto golden = nlohmann::json::parse(noema::base::read_file(NOEMA_SOURCE_DIR "/tests/golden/recurrent.json"));
  for (const auto& expected : golden.at("cases")) {
    ModelOptions options{.layers = 2, .width = 8, .heads = 2, .context = 7, .dropout = 0, .tokenizer = "bytes"};
    options.architecture = expected.at("architecture");
    INFO(options.architecture);
    std::vector<float> weights(layout_of(options, 29).parameters());
    REQUIRE(weights.size() == expected.at("parameters").get<std::size_t>());
    for (std::size_t i = 0; i < weights.size(); ++i) {
      const double x = static_cast<double>(i);
      weights[i] = static_cast<float>(0.4 * std::sin(0.37 * x + 0.9 * std::sin(0.011 * x)));
    }
    const Batch batch{
        2, 7, golden.at("inputs").get<std::vector<Token>>(), golden.at("targets").get<std::vector<Token>>(), {0, 0}};
    std::vector<float> gradient(weights.size()), losses(14);
    make_network(options, 29, 2, 7)->loss_and_gradient(gradient.data(), weights.data(), batch, 1.0F, {}, losses.data());
    for (std::size_t i = 0; i < 14; ++i)
      REQUIRE(losses[i] == Approx(expected.at("losses")[i].get<double>()).epsilon(1e-4));
    double square = 0;
    for (float g : gradient) square += static_cast<double>(g) * static_cast<double>(g);
    REQUIRE(std::sqrt(square) == Approx(expected.at("gradient_norm").get<double>()).epsilon(1e-4));
    for (std::size_t i = 0; i * 29 < gradient.size(); ++i)
      REQUIRE(gradient[i * 29] ==
              Approx(expected.at("every_29th_gradient")[i].get<double>()).epsilon(1e-4).margin(1e-6));
  }
}

TEST_CASE("the gradients of recurrent language models agree with finite differences, with and without dropout") {
  for (const char* architecture : {"lstm", "gru", "elmo"}) {
    const Model model = testing::small_model_of(architecture);
    const Batch batch = testing::story_batch_of(model, 3, 10);
    testing::check_gradient(model, batch, {});
    testing::check_gradient(model, batch, {0.3F, 99});
  }
}

TEST_CASE("a stack computes in groups what its plain version does token by token") {
  for (const char* architecture : {"lstm", "gru"}) {
    const Model model = testing::small_model_of(architecture);
    const RecurrentNetworkShape shape(model.options(), model.tokenizer().size());
    const Batch batch = testing::story_batch_of(model, 11, 9);
    RecurrentStack stack(shape.directions[0], 11, 9);
    stack.forward({model.weights().data(), model.weights().data(), batch.inputs, 11, 9, {}});
    for (std::size_t s = 0; s < 11; ++s) {
      RecurrentState state(shape.directions[0]);
      for (std::size_t t = 0; t < 9; ++t) {
        const auto token = static_cast<std::size_t>(batch.inputs[s * 9 + t]);
        const auto top = state.step(model.weights().data(), model.weights().data() + token * 24);
        for (std::size_t i = 0; i < 24; ++i)
          REQUIRE(stack.output()[(s * 9 + t) * 24 + i] == Approx(top[i]).epsilon(1e-4).margin(1e-5));
      }
    }
  }
}

TEST_CASE("a batch reversed predicts every token from those after it") {
  const Batch batch{2, 4, {kStart, 5, 6, 7, kStart, 9, kPad, kPad}, {5, 6, 7, 8, 9, 10, -1, -1}, {0, 0}};
  Batch reversed;
  reverse(reversed, batch);
  REQUIRE(reversed.inputs == std::vector<Token>{kStart, 8, 7, 6, kStart, 10, kPad, kPad});
  REQUIRE(reversed.targets == std::vector<Token>{8, 7, 6, 5, 10, 9, -1, -1});
}

TEST_CASE("ELMo is measured by its forward direction and trained by both") {
  const Model model = testing::small_model_of("elmo");
  const Batch batch = testing::story_batch_of(model, 2, 10);
  const auto network = make_network(model.options(), model.tokenizer().size(), 2, 10);
  std::vector<float> gradient(model.weights().size()), losses(20), trained(20);
  const double forward = network->loss(model.weights().data(), batch, losses.data());
  const double both =
      network->loss_and_gradient(gradient.data(), model.weights().data(), batch, 1.0F, {}, trained.data());
  REQUIRE(both > 1.5 * forward);
  REQUIRE(losses == trained);
  double sum = 0;
  for (float loss : losses) sum += static_cast<double>(loss);
  REQUIRE(sum == Approx(forward));
}

TEST_CASE("recurrent language models learn a small text, with the same bits on any number of threads") {
  for (const char* architecture : {"lstm", "gru", "elmo"}) {
    INFO(architecture);
    ModelOptions options{
        .layers = 2, .width = 24, .heads = 2, .context = 16, .dropout = 0.1F, .tokenizer = "characters"};
    options.architecture = architecture;
    const Model model = Model::random(options, Tokenizer::train("characters", testing::story_units(), 1), 7);
    const auto corpus = testing::story_corpus(model.tokenizer(), 4);
    std::vector<std::string> hashes;
    for (int threads : {1, 2, 5}) {
      TrainOptions train;
      train.batch = 18;
      train.steps = 200;
      train.learning_rate = 1e-2F;
      train.threads = threads;
      Trainer trainer(model, corpus, kNoPairs, train);
      trainer.run();
      hashes.push_back(trainer.model().hash());
      REQUIRE(evaluate(trainer.model(), corpus, threads).bits_per_character() < 2.5);
    }
    REQUIRE(hashes[0] == hashes[1]);
    REQUIRE(hashes[0] == hashes[2]);
  }
}

TEST_CASE("a recurrent training that was stopped and resumed ends at the weights of one that ran through") {
  for (const char* architecture : {"lstm", "gru", "elmo"}) {
    testing::TemporaryFolder folder;
    const Model model = testing::small_model_of(architecture, 0.1F);
    const auto corpus = testing::story_corpus(model.tokenizer(), 4);
    TrainOptions options;
    options.batch = 6;
    options.steps = 12;
    Trainer through(model, corpus, kNoPairs, options);
    through.run();
    options.checkpoint = folder / "a.model.train";
    options.checkpoint_seconds = 0;
    Trainer(model, corpus, kNoPairs, options).run({}, 5);
    options.resume = true;
    Trainer resumed(model, corpus, kNoPairs, options);
    REQUIRE(resumed.run().step == 12);
    REQUIRE(resumed.model().hash() == through.model().hash());
    resumed.model().save(folder / "a.model");
    REQUIRE(Model::load(folder / "a.model").hash() == through.model().hash());
  }
}
