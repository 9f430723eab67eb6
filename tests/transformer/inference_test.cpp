#include "transformer/inference.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "base/error.h"
#include "tests/transformer/samples.h"
#include "transformer/buffers.h"

using namespace noema::transformer;

namespace {

/// Two layers of four heads that share two heads of keys and values, with rotary or learned positions.
Model grouped_model(const std::string& positions) {
  ModelOptions options{.layers = 2, .width = 24, .heads = 4, .context = 12, .dropout = 0, .tokenizer = "characters"};
  options.kv_heads = 2;
  options.positions = positions;
  const Model drawn = Model::random(options, Tokenizer::train("characters", testing::story_units(), 1), 7);
  std::vector<float> weights(drawn.weights().begin(), drawn.weights().end());
  for (float& w : weights) w = w == 1.0F ? w : w * 8;
  return {options, drawn.tokenizer(), std::move(weights)};
}

std::vector<float> read(Inference& inference, std::span<const Token> tokens, int prefix = 0) {
  const auto hidden = inference.append(tokens, prefix);
  return {hidden.begin(), hidden.end()};
}

bool alike(std::span<const float> a, std::span<const float> b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i)
    if (std::abs(a[i] - b[i]) > 1e-4F) return false;
  return true;
}

}  // namespace

TEST_CASE("tokens read in pieces of any size have the states of tokens read at once, under either kind of position") {
  for (const char* positions : {"rotary", "learned"}) {
    const Model model = grouped_model(positions);
    auto tokens = testing::story_tokens(model.tokenizer(), 1);
    tokens.resize(12);
    Inference inference(model);
    const auto whole = read(inference, tokens);
    CHECK(inference.position() == 12);
    noema::base::Rng rng(3);
    for (int trial = 0; trial < 10; ++trial) {
      inference.clear();
      std::vector<float> pieces;
      for (std::size_t begin = 0; begin < tokens.size();) {
        const std::size_t n = 1 + rng.below(tokens.size() - begin);
        const auto piece = read(inference, std::span(tokens).subspan(begin, n));
        pieces.insert(pieces.end(), piece.begin(), piece.end());
        begin += n;
      }
      REQUIRE(alike(pieces, whole));
    }
  }
}

TEST_CASE("a token's state depends on where it stands") {
  for (const char* positions : {"rotary", "learned"}) {
    const Model model = grouped_model(positions);
    const Token a = kSpecials + 3, b = kSpecials + 5;
    Inference inference(model);
    const auto one = read(inference, std::vector<Token>{a, b, b});
    inference.clear();
    const auto other = read(inference, std::vector<Token>{b, a, b});
    CHECK_FALSE(alike(std::span(one).last(24), std::span(other).last(24)));
  }
}

TEST_CASE("the first tokens of a prefix see each other, and those behind it only what stands before them") {
  const Model model = grouped_model("rotary");
  auto tokens = testing::story_tokens(model.tokenizer(), 1);
  tokens.resize(8);
  Inference inference(model);
  const auto states = [&](const std::vector<Token>& of, int prefix) {
    inference.clear();
    return read(inference, of, prefix);
  };
  auto inside = tokens, behind = tokens;
  inside[4] = tokens[4] == kSpecials + 9 ? kSpecials + 10 : kSpecials + 9;
  behind[7] = tokens[7] == kSpecials + 9 ? kSpecials + 10 : kSpecials + 9;
  const auto first = [&](const std::vector<Token>& of, int prefix, std::size_t rows) {
    auto all = states(of, prefix);
    all.resize(rows * 24);
    return all;
  };
  CHECK_FALSE(alike(first(inside, 5, 1), first(tokens, 5, 1)));
  CHECK(alike(first(behind, 5, 7), first(tokens, 5, 7)));
  CHECK(alike(first(inside, 0, 4), first(tokens, 0, 4)));
}

TEST_CASE("what is forgotten leaves no trace") {
  const Model model = grouped_model("learned");
  const std::vector<Token> one = {kStart, 9, 10, 11}, other = {kStart, 12, 13};
  Inference used(model), fresh(model);
  read(used, one);
  used.clear();
  CHECK(used.position() == 0);
  CHECK(read(used, other) == read(fresh, other));
}

TEST_CASE("the attention that is kept sums to one over what a token may see, head by head") {
  const Model model = grouped_model("rotary");
  Inference inference(model);
  read(inference, std::vector<Token>{kStart, 9, 10});
  CHECK(inference.kept_attention().empty());
  inference.keep_attention(1);
  read(inference, std::vector<Token>{11, 12});
  REQUIRE(inference.kept_attention().size() == 4U * 2 * 5);
  for (std::size_t head = 0; head < 4; ++head)
    for (std::size_t query = 0; query < 2; ++query) {
      const auto row = std::span(inference.kept_attention()).subspan((head * 2 + query) * 5, 5);
      float sum = 0;
      for (float weight : row) sum += weight;
      CHECK(sum == Approx(1).margin(1e-5));
      CHECK((row[4] == 0) == (query == 0));
    }
}

TEST_CASE("a context takes as many tokens as it holds and not one more") {
  const Model model = grouped_model("learned");
  Inference inference(model);
  CHECK(inference.append({}).empty());
  read(inference, std::vector<Token>(12, 9));
  CHECK_THROWS_AS(read(inference, std::vector<Token>{9}), noema::base::Bug);
  CHECK(inference.position() == 12);
  inference.clear();
  CHECK_THROWS_AS(read(inference, std::vector<Token>(13, 9)), noema::base::Bug);
}

TEST_CASE("a model of another architecture is not read as a transformer") {
  ModelOptions options{.layers = 1, .width = 8, .context = 8, .tokenizer = "bytes"};
  options.architecture = "gru";
  const Model model = Model::random(options, Tokenizer::train("bytes", {}, 1), 7);
  CHECK_THROWS_WITH(Inference(model),
                    Catch::Matchers::Contains("architecture gru") && Catch::Matchers::Contains("--arch transformer"));
}
