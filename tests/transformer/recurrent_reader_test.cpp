#include "transformer/recurrent_reader.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "base/error.h"
#include "base/stop.h"
#include "tests/transformer/samples.h"
#include "transformer/architecture.h"

using namespace noema::transformer;

namespace {

Model model_of(const char* architecture) {
  return Model::random({.layers = 2,
                        .width = 24,
                        .heads = 2,
                        .context = 16,
                        .dropout = 0,
                        .tokenizer = "characters",
                        .architecture = architecture},
                       Tokenizer::train("characters", testing::story_units(), 1), 7);
}

}  // namespace

TEST_CASE("a recurrent reader says of each token what its network says") {
  for (const char* architecture : {"lstm", "gru", "elmo"}) {
    const Model model = model_of(architecture);
    const auto tokens = testing::story_tokens(model.tokenizer(), 1);
    Batch batch{1, 12, {}, {}, {0}};
    for (std::size_t i = 0; i < 12; ++i) {
      batch.inputs.push_back(i == 0 ? kStart : tokens[i - 1]);
      batch.targets.push_back(tokens[i]);
    }
    std::vector<float> losses(12);
    make_network(model.options(), model.tokenizer().size(), 1, 12)->loss(model.weights().data(), batch, losses.data());
    RecurrentReader reader(model);
    for (std::size_t i = 0; i < 12; ++i) {
      REQUIRE(-reader.log_probabilities()[static_cast<std::size_t>(tokens[i])] == Approx(losses[i]).margin(1e-5));
      reader.read(tokens[i]);
    }
  }
}

TEST_CASE("a token's vector depends on its surroundings in every model but skip-gram") {
  for (const char* architecture : {"skipgram", "lstm", "gru", "elmo", "transformer"}) {
    const Model model = model_of(architecture);
    const auto tokens = testing::story_tokens(model.tokenizer(), 1);
    const std::vector<Token> left = {tokens[0], tokens[1], tokens[2]}, right = {tokens[5], tokens[1], tokens[7]};
    const bool same = token_vectors(model, left)[1] == token_vectors(model, right)[1];
    REQUIRE(same == (std::string(architecture) == "skipgram"));
    // Only what sees both sides tells apart what differs on the right alone.
    const std::vector<Token> other_end = {tokens[0], tokens[1], tokens[7]};
    const bool sees_right = token_vectors(model, left)[1] != token_vectors(model, other_end)[1];
    REQUIRE(sees_right == (std::string(architecture) == "elmo" || std::string(architecture) == "transformer"));
  }
}

TEST_CASE("a model that does not read text alone has no reader and no vectors") {
  const Model model = model_of("seq2seq");
  REQUIRE_THROWS_AS(RecurrentReader(model), noema::base::Error);
  REQUIRE_THROWS_AS(token_vectors(model, std::vector<Token>{5}), noema::base::Error);
}

TEST_CASE("making vectors ends when a stop is requested") {
  std::stop_source stop;
  stop.request_stop();
  for (const char* architecture : {"skipgram", "lstm", "elmo", "transformer"})
    REQUIRE_THROWS_AS(token_vectors(model_of(architecture), std::vector<Token>{5}, stop.get_token()),
                      noema::base::Interrupted);
}
