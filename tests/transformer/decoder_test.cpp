#include "transformer/decoder.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "tests/transformer/samples.h"
#include "transformer/ops.h"

using namespace noema::transformer;

namespace {

struct Seen {
  std::vector<float> hidden, log_probabilities;
  float log_begin;
};

Seen copy(const Position& p) {
  return {{p.hidden.begin(), p.hidden.end()}, {p.log_probabilities.begin(), p.log_probabilities.end()}, p.log_begin};
}

/// Reads tokens in pieces of the given size; returns the position before each, and the one after all.
std::vector<Seen> read(const Model& model, const std::vector<Token>& tokens, std::size_t piece) {
  Decoder decoder(model);
  std::vector<Seen> seen;
  for (std::size_t begin = 0; begin < tokens.size(); begin += piece)
    decoder.append(std::span(tokens).subspan(begin, std::min(piece, tokens.size() - begin)),
                   [&](std::size_t i, const Position& p) {
                     REQUIRE(begin + i == seen.size());
                     seen.push_back(copy(p));
                   });
  seen.push_back(copy(decoder.position()));
  return seen;
}

void require_same(const Seen& a, const Seen& b) {
  for (std::size_t i = 0; i < a.hidden.size(); ++i) REQUIRE(a.hidden[i] == Approx(b.hidden[i]).margin(2e-5));
  for (std::size_t i = kSpecials; i < a.log_probabilities.size(); ++i)
    REQUIRE(a.log_probabilities[i] == Approx(b.log_probabilities[i]).margin(1e-4));
  REQUIRE(a.log_begin == Approx(b.log_begin).margin(1e-4));
}

}  // namespace

TEST_CASE("reading one token at a time, in pieces or all at once predicts alike, past the context too") {
  const Model model = testing::small_model(16);
  const auto tokens = testing::story_tokens(model.tokenizer(), 1);
  REQUIRE(tokens.size() > 60);
  const auto single = read(model, tokens, 1);
  for (std::size_t piece : {std::size_t{3}, std::size_t{15}, std::size_t{16}, tokens.size()}) {
    const auto other = read(model, tokens, piece);
    REQUIRE(other.size() == single.size());
    for (std::size_t i = 0; i < single.size(); ++i) require_same(single[i], other[i]);
  }
}

TEST_CASE("within the context the decoder agrees with one full forward pass") {
  const Model model = testing::small_model(64);
  auto tokens = testing::story_tokens(model.tokenizer(), 1);
  tokens.resize(50);
  const auto seen = read(model, tokens, 7);
  const auto hidden = model.encode(tokens, Mask::kCausal);
  for (std::size_t i = 0; i < tokens.size(); ++i)
    for (std::size_t c = 0; c < 24; ++c) REQUIRE(seen[i + 1].hidden[c] == Approx(hidden[i * 24 + c]).margin(1e-5));
}

TEST_CASE("the incremental decoder's logits are those of one full forward pass, for all heads and positions") {
  for (int kv_heads : {2, 1})
    for (const char* positions : {"rotary", "learned"}) {
      INFO(kv_heads << " " << positions);
      const Model some = testing::small_model(64);
      ModelOptions options = some.options();
      options.kv_heads = kv_heads;
      options.positions = positions;
      const Model model = Model::random(options, some.tokenizer(), 7);
      auto tokens = testing::story_tokens(model.tokenizer(), 1);
      tokens.resize(50);
      const auto hidden = model.encode(tokens, Mask::kCausal);
      const std::size_t vocabulary = static_cast<std::size_t>(model.tokenizer().size());
      std::vector<float> log_p(tokens.size() * vocabulary);
      token_log_probabilities(log_p.data(), hidden.data(), model.weights().data(), 50, 24, model.tokenizer().size());
      for (std::size_t piece : {std::size_t{1}, std::size_t{7}}) {
        const auto seen = read(model, tokens, piece);
        for (std::size_t i = 0; i < tokens.size(); ++i) {
          for (std::size_t c = 0; c < 24; ++c)
            REQUIRE(seen[i + 1].hidden[c] == Approx(hidden[i * 24 + c]).margin(1e-5));
          for (std::size_t t = kSpecials; t < vocabulary; ++t)
            REQUIRE(seen[i + 1].log_probabilities[t] == Approx(log_p[i * vocabulary + t]).margin(1e-5));
        }
      }
    }
}

TEST_CASE("probabilities sum to one, specials have none, and beginnings get their share") {
  const Model model = testing::small_model(16);
  const auto seen = read(model, testing::story_tokens(model.tokenizer(), 1), 5);
  for (const auto& p : seen) {
    double all = 0, begins = 0;
    for (Token t = 0; t < model.tokenizer().size(); ++t) {
      const double probability = std::exp(static_cast<double>(p.log_probabilities[static_cast<std::size_t>(t)]));
      all += probability;
      if (model.tokenizer().begins(t)) begins += probability;
      if (t < kSpecials) REQUIRE(probability == 0);
    }
    REQUIRE(all == Approx(1).margin(1e-5));
    REQUIRE(std::exp(static_cast<double>(p.log_begin)) == Approx(begins).margin(1e-5));
  }
}

TEST_CASE("every prediction past the first window sees at least half a context") {
  const Model model = testing::small_model(16);
  const auto tokens = testing::story_tokens(model.tokenizer(), 1);
  const auto seen = read(model, tokens, 1);
  // The window just after it was renewed: the start token, half a context read again, and the newest token. The context
  // of 16 is full after 15 tokens, so the 16th renews it.
  std::vector<Token> window(tokens.begin() + 7, tokens.begin() + 16);
  const auto hidden = model.encode(window, Mask::kCausal);
  for (std::size_t c = 0; c < 24; ++c) REQUIRE(seen[16].hidden[c] == Approx(hidden[8 * 24 + c]).margin(1e-5));
}

TEST_CASE("a decoder that is reset reads as if new") {
  const Model model = testing::small_model(16);
  const auto tokens = testing::story_tokens(model.tokenizer(), 1);
  Decoder decoder(model);
  const Seen fresh = copy(decoder.position());
  decoder.append(tokens);
  decoder.reset();
  require_same(copy(decoder.position()), fresh);
}
