#include "transformer/transformer_hypotheses.h"

#include <catch2/catch.hpp>

#include "base/error.h"
#include "tests/transformer/samples.h"
#include "transformer/buffers.h"
#include "transformer/inference.h"

using namespace noema::transformer;

namespace {

Model model_with(const std::string& pairs, const std::string& positions, int kv_heads) {
  ModelOptions options{.layers = 2, .width = 24, .heads = 4, .context = 12, .dropout = 0, .tokenizer = "characters"};
  options.pairs = pairs;
  options.positions = positions;
  options.kv_heads = kv_heads;
  const Model drawn = Model::random(options, Tokenizer::train("characters", testing::story_units(), 1), 7);
  std::vector<float> weights(drawn.weights().begin(), drawn.weights().end());
  for (float& w : weights) w = w == 1.0F ? w : w * 8;
  return {options, drawn.tokenizer(), std::move(weights)};
}

/// ln p after <s> source <sep> said, by the reader of one text.
std::vector<float> plain(const Model& model, const std::vector<Token>& source, const std::vector<Token>& said) {
  std::vector<Token> prefix(1, kStart);
  prefix.insert(prefix.end(), source.begin(), source.end());
  prefix.push_back(kSeparator);
  Inference inference(model);
  auto hidden = inference.append(prefix, model.options().pairs == "prefix" ? static_cast<int>(prefix.size()) : 0);
  if (!said.empty()) hidden = inference.append(said);
  std::vector<float> log_p(size(model.shape().vocabulary));
  token_log_probabilities(log_p.data(), hidden.data() + hidden.size() - size(model.width()), model.weights().data(), 1,
                          model.width(), model.shape().vocabulary);
  return log_p;
}

void require_alike(std::span<const float> found, const std::vector<float>& expected) {
  REQUIRE(found.size() == expected.size());
  for (std::size_t t = kSpecials; t < expected.size(); ++t) REQUIRE(found[t] == Approx(expected[t]).margin(1e-3));
}

}  // namespace

TEST_CASE("slots read as the reader of one text does, under each mask, kind of position and grouping of heads") {
  for (const char* pairs : {"causal", "prefix"})
    for (const char* positions : {"rotary", "learned"})
      for (int kv_heads : {0, 1, 2}) {
        INFO(pairs << ' ' << positions << ' ' << kv_heads);
        const Model model = model_with(pairs, positions, kv_heads);
        TransformerHypotheses reader(model, 3);
        const std::vector<Token> source = {9, 10, 11, 12};
        std::vector<Token> said;
        require_alike(reader.begin(2, source), plain(model, source, said));
        const int slot = 2;
        for (const Token token :
             {kSpecials + 2, kSpecials + 8, kSpecials + 5, kSpecials + 2, kSpecials + 3, kSpecials + 1}) {
          said.push_back(token);
          require_alike(reader.step({&slot, 1}, {&token, 1}), plain(model, source, said));
        }
        CHECK_THROWS_AS(reader.step({&slot, 1}, {&said[0], 1}), noema::base::Bug);  // the context is full
      }
}

TEST_CASE("a source that is read in both directions is told from one that is read as text") {
  const Model causal = model_with("causal", "rotary", 0), prefix = model_with("prefix", "rotary", 0);
  TransformerHypotheses one(causal, 1), other(prefix, 1);
  const std::vector<Token> source = {9, 10, 11};
  const auto a = one.begin(0, source), b = other.begin(0, source);
  CHECK_FALSE(std::equal(a.begin(), a.end(), b.begin()));
}

TEST_CASE("a source that does not fit the context is a mistake of the caller's") {
  const Model model = model_with("causal", "rotary", 0);
  TransformerHypotheses reader(model, 1);
  CHECK_NOTHROW(reader.begin(0, std::vector<Token>(10, 9)));
  CHECK_THROWS_AS(reader.begin(0, std::vector<Token>(11, 9)), noema::base::Bug);
  CHECK_NOTHROW(reader.begin(0, std::vector<Token>(3, 9)));
}
