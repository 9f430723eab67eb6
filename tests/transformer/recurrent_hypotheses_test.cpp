#include "transformer/recurrent_hypotheses.h"

#include <catch2/catch.hpp>

#include "tests/transformer/gradients.h"
#include "transformer/recurrent_reader.h"
#include "transformer/seq2seq_reader.h"

using namespace noema::transformer;

TEST_CASE("many slots of a recurrent language model predict what its reader predicts of each") {
  for (const char* name : {"lstm", "gru", "elmo"}) {
    INFO(name);
    const Model model = testing::small_model_of(name);
    const std::vector<Token> source = {9, 10, 11};
    RecurrentHypotheses<RecurrentReader> slots(model, 2);
    RecurrentReader one(model, source), other(model, std::span<const Token>{});
    slots.begin(0, source);
    slots.begin(1, {});
    const std::vector<int> both = {1, 0};
    for (const Token token : {kSpecials + 4, kSpecials + 1, kSpecials + 9}) {
      const std::vector<Token> tokens = {token, token + 1};
      other.read(tokens[0]);
      one.read(tokens[1]);
      const auto found = slots.step(both, tokens);
      const std::size_t vocabulary = size(model.tokenizer().size());
      const auto first = other.log_probabilities(), second = one.log_probabilities();
      for (std::size_t t = kSpecials; t < vocabulary; ++t) {
        REQUIRE(found[t] == Approx(first[t]).margin(1e-4));
        REQUIRE(found[vocabulary + t] == Approx(second[t]).margin(1e-4));
      }
    }
  }
}

TEST_CASE("a copy of a slot of sequence to sequence keeps its source, whatever the other slot reads next") {
  const Model model = testing::small_model_of("seq2seq");
  RecurrentHypotheses<Seq2SeqReader> slots(model, 2);
  const std::vector<Token> source = {9, 10, 11}, other = {12};
  slots.begin(0, source);
  slots.copy(0, 1);
  slots.begin(0, other);
  Seq2SeqReader plain(model, source);
  const Token token = kSpecials + 6;
  plain.read(token);
  const int copied = 1;
  const auto found = slots.step({&copied, 1}, {&token, 1});
  std::vector<float> expected(found.size());
  token_log_probabilities(expected.data(), plain.output().data(), model.weights().data(), 1, model.width(),
                          model.tokenizer().size());
  for (std::size_t t = kSpecials; t < expected.size(); ++t) REQUIRE(found[t] == Approx(expected[t]).margin(1e-4));
}
