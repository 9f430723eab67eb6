#include "transformer/encoder.h"

#include <catch2/catch.hpp>

#include "tests/transformer/samples.h"

using namespace noema::transformer;

TEST_CASE("a bidirectional state depends on what follows, a causal one does not") {
  const Model model = testing::small_model(16);
  auto tokens = testing::story_tokens(model.tokenizer(), 1);
  tokens.resize(10);
  auto changed = tokens;
  changed[9] = changed[9] == 5 ? 6 : 5;
  const auto first = [&](const std::vector<Token>& t, Mask mask) { return model.encode(t, mask)[0]; };
  REQUIRE(first(tokens, Mask::kCausal) == Approx(first(changed, Mask::kCausal)).margin(1e-6));
  REQUIRE(first(tokens, Mask::kBidirectional) != Approx(first(changed, Mask::kBidirectional)).margin(1e-4));
}

TEST_CASE("texts of any length get one state a token, whatever the mask") {
  const Model model = testing::small_model(16);
  const auto tokens = testing::story_tokens(model.tokenizer(), 2);
  Encoder encoder(model);
  for (std::size_t n : {0, 1, 2, 14, 15, 16, 17, 22, 23, 24, 31, 47, 100}) {
    const auto part = std::span(tokens).first(n);
    for (Mask mask : {Mask::kCausal, Mask::kBidirectional}) {
      const auto states = encoder.encode(part, mask);
      REQUIRE(states.size() == n * 24);
      for (std::size_t i = 0; i < n; ++i) {
        float square = 0;
        for (std::size_t c = 0; c < 24; ++c) square += states[i * 24 + c] * states[i * 24 + c];
        REQUIRE(square > 1);  // a final norm of unit gains: mean square 1
      }
    }
  }
}

TEST_CASE("an encoder gives the same bits when used again") {
  const Model model = testing::small_model(16);
  const auto tokens = testing::story_tokens(model.tokenizer(), 1);
  Encoder encoder(model);
  const auto first = encoder.encode(tokens, Mask::kBidirectional);
  encoder.encode(std::span(tokens).first(5), Mask::kCausal);
  REQUIRE(encoder.encode(tokens, Mask::kBidirectional) == first);
}
