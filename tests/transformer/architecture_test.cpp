#include "transformer/architecture.h"

#include <catch2/catch.hpp>
#include <set>

#include "base/error.h"
#include "tests/transformer/gradients.h"

using namespace noema::transformer;

namespace {

ModelOptions options_of(std::string_view architecture) {
  ModelOptions options{.layers = 2, .width = 8, .heads = 2, .context = 8, .dropout = 0, .tokenizer = "bytes"};
  options.architecture = architecture;
  return options;
}

}  // namespace

TEST_CASE("every architecture has a name of its own, and options with it are valid") {
  std::set<std::string_view> names;
  for (const auto name : architectures()) {
    CHECK(names.insert(name).second);
    CHECK_NOTHROW(options_of(name).validate());
  }
  CHECK(names.count("transformer") == 1);
  auto unknown = options_of("perceptron");
  CHECK_THROWS_WITH(unknown.validate(), Catch::Contains("arch perceptron: expected transformer, lstm, gru, elmo"));
  CHECK_THROWS_AS(traits_of(unknown), noema::base::Bug);
  CHECK_THROWS_AS(layout_of(unknown, 300), noema::base::Bug);
}

TEST_CASE("the tensors of every architecture have names of their own and lie side by side, the embedding first") {
  for (const auto name : architectures())
    for (int vocabulary : {5, 300}) {
      INFO(name);
      const Layout layout = layout_of(options_of(name), vocabulary);
      std::set<std::string> names;
      std::size_t end = 0;
      for (const Tensor& tensor : layout.tensors()) {
        CHECK(names.insert(tensor.name).second);
        CHECK(tensor.begin == end);
        end = tensor.end();
      }
      CHECK(layout.parameters() == end);
      CHECK(layout.tensors().front().rows == vocabulary);
      CHECK(layout.tensors().front().columns == 8);
    }
}

TEST_CASE(
    "a model of every architecture has as many weights as its layout, comes back from bytes, and has a hash of its "
    "own") {
  std::set<std::string> hashes;
  for (const auto name : architectures()) {
    const Model model = Model::random(options_of(name), Tokenizer::train("bytes", {}, 1), 3);
    CHECK(model.weights().size() == layout_of(model.options(), model.tokenizer().size()).parameters());
    CHECK(Model::parse(model.serialize()).hash() == model.hash());
    CHECK(hashes.insert(model.hash()).second);
  }
}

TEST_CASE("every architecture's loss without dropout is finite, positive, and that of the pass with a gradient") {
  for (const auto name : architectures()) {
    INFO(name);
    const Model model = testing::small_model_of(std::string(name));
    if (!traits_of(model.options()).text || !traits_of(model.options()).likelihood) continue;
    const Batch batch = testing::story_batch_of(model, 3, 8);
    const auto network = make_network(model.options(), model.tokenizer().size(), 3, 8);
    std::vector<float> gradient(model.weights().size()), losses(24), trained(24);
    const double loss = network->loss(model.weights().data(), batch, losses.data());
    CHECK(loss > 0);
    double sum = 0;
    for (std::size_t i = 0; i < losses.size(); ++i) {
      if (batch.targets[i] < 0) CHECK(losses[i] == 0);
      sum += double{losses[i]};
    }
    CHECK(sum == Approx(loss).epsilon(1e-5));
    network->loss_and_gradient(gradient.data(), model.weights().data(), batch, 1, {}, trained.data());
    for (std::size_t i = 0; i < losses.size(); ++i) CHECK(trained[i] == Approx(losses[i]).margin(1e-5));
  }
}

TEST_CASE("the gradient is scaled as asked, and the loss is not") {
  for (const char* name : {"transformer", "lstm", "gru"}) {
    const Model model = testing::small_model_of(name);
    const Batch batch = testing::story_batch_of(model, 2, 8);
    const auto network = make_network(model.options(), model.tokenizer().size(), 2, 8);
    std::vector<float> whole(model.weights().size()), quarter(whole);
    const double loss = network->loss_and_gradient(whole.data(), model.weights().data(), batch, 1, {});
    CHECK(network->loss_and_gradient(quarter.data(), model.weights().data(), batch, 0.25F, {}) == loss);
    for (std::size_t i = 0; i < whole.size(); ++i)
      REQUIRE(quarter[i] == Approx(0.25 * double{whole[i]}).epsilon(1e-3).margin(1e-6));
  }
}

TEST_CASE("only a transformer fills gaps, only seq2seq needs pairs, only skip-gram has no likelihood") {
  for (const auto name : architectures()) {
    const Traits& traits = traits_of(options_of(name));
    CHECK(traits.both_sides == (name == "transformer"));
    CHECK(traits.text == (name != "seq2seq"));
    CHECK(traits.likelihood == (name != "skipgram"));
  }
}

TEST_CASE("what predicts no text makes no hypotheses and says so") {
  CHECK_THROWS_WITH(make_hypotheses(testing::small_model_of("skipgram"), 1),
                    Catch::Contains("architecture skipgram") && Catch::Contains("predicts no text"));
}

TEST_CASE("counting a text changes skip-gram's weights and no other's") {
  for (const auto name : architectures()) {
    const Model model = testing::small_model_of(std::string(name));
    std::vector<float> weights(model.weights().begin(), model.weights().end());
    count_text(weights.data(), model.options(), model.tokenizer().size(), testing::story_corpus(model.tokenizer(), 1),
               {});
    CHECK(std::equal(weights.begin(), weights.end(), model.weights().begin()) == (name != "skipgram"));
  }
}
