#include "transformer/evaluate.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

#include "base/error.h"
#include "base/files.h"
#include "base/stop.h"
#include "tests/transformer/samples.h"
#include "transformer/decoder.h"

using namespace noema::transformer;

TEST_CASE("evaluation is the decoder's loss over blocks that each begin anew, the last partial one counted") {
  testing::TemporaryFolder folder;
  noema::base::write_file(folder / "story.txt", testing::kStory);
  const Model model = testing::small_model(16);
  const auto e = evaluate_files(model, {folder / "story.txt"}, 2);
  const auto tokens = testing::story_tokens(model.tokenizer(), 1);
  REQUIRE(e.tokens == tokens.size());
  REQUIRE(tokens.size() % 16 != 0);
  double nats = 0;
  for (std::size_t begin = 0; begin < tokens.size(); begin += 16) {
    Decoder decoder(model);
    const auto block = std::span(tokens).subspan(begin, std::min<std::size_t>(16, tokens.size() - begin));
    decoder.append(block, [&](std::size_t i, const Position& p) {
      nats -= static_cast<double>(p.log_probabilities[static_cast<std::size_t>(block[i])]);
    });
  }
  REQUIRE(e.nats == Approx(nats).epsilon(1e-5));
  REQUIRE(e.characters == noema::base::count_characters(testing::kStory));
  REQUIRE(e.lines == 3);
  REQUIRE(e.words == noema::base::count_words(testing::kStory));
  REQUIRE(e.word_perplexity().value() == Approx(std::exp2(e.bits_per_character() * static_cast<double>(e.characters) /
                                                          static_cast<double>(e.words + 3))));
}

TEST_CASE("evaluation gives the same bits on any number of threads") {
  const Model model = testing::small_model(16);
  const auto corpus = testing::story_corpus(model.tokenizer(), 5);
  const double one = evaluate(model, corpus, 1).nats;
  REQUIRE(evaluate(model, corpus, 2).nats == one);
  REQUIRE(evaluate(model, corpus, 3).nats == one);
}

TEST_CASE("text without spaces has no word perplexity") {
  testing::TemporaryFolder folder;
  noema::base::write_file(folder / "zh.txt", "道可道非常道\n名可名非常名\n無名天地之始\n");
  CHECK_FALSE(evaluate_files(testing::small_model(), {folder / "zh.txt"}).word_perplexity());
}

TEST_CASE("a model whose predictions are not finite is not evaluated") {
  const Model model = testing::small_model();
  std::vector<float> broken(model.weights().begin(), model.weights().end());
  for (float& w : broken) w = std::numeric_limits<float>::quiet_NaN();
  const auto corpus = testing::story_corpus(model.tokenizer(), 1);
  REQUIRE_THROWS_WITH(evaluate(Model(model.options(), model.tokenizer(), std::move(broken)), corpus),
                      Catch::Matchers::Contains("not finite"));
}

TEST_CASE("an evaluation stops when it is asked to") {
  const Model model = testing::small_model();
  std::stop_source source;
  source.request_stop();
  REQUIRE_THROWS_AS(evaluate(model, testing::story_corpus(model.tokenizer(), 1), 2, source.get_token()),
                    noema::base::Interrupted);
}

TEST_CASE("an empty text cannot be evaluated") {
  testing::TemporaryFolder folder;
  noema::base::write_file(folder / "empty.txt", "");
  REQUIRE_THROWS_WITH(evaluate_files(testing::small_model(), {folder / "empty.txt"}),
                      Catch::Matchers::Contains("empty"));
}
