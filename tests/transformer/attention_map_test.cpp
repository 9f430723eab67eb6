#include "transformer/attention_map.h"

#include <catch2/catch.hpp>

#include "base/error.h"
#include "tests/transformer/samples.h"

using namespace noema::transformer;
using Catch::Matchers::Contains;

TEST_CASE("each row of an attention map sums to one and a causal reader sees nothing to its right") {
  const Model model = testing::small_model(16);
  for (Mask mask : {Mask::kCausal, Mask::kBidirectional}) {
    const auto map = attention_map(model, "The cat可道", 1, 1, mask);
    REQUIRE(map.tokens.front() == "<s>");
    REQUIRE(map.tokens.back() == "道");
    for (std::size_t i = 0; i < map.tokens.size(); ++i) {
      float sum = 0;
      for (float weight : map.weights[i]) sum += weight;
      REQUIRE(sum == Approx(1).margin(1e-5));
      if (mask == Mask::kCausal && i + 1 < map.tokens.size()) REQUIRE(map.weights[i].back() == 0);
      if (mask == Mask::kBidirectional) REQUIRE(map.weights[i].back() > 0);
    }
  }
}

TEST_CASE("the picture and the table name every token, escaped, Chinese too") {
  const Model model = testing::small_model(16);
  const auto map = attention_map(model, "道 <é>", 0, 0);
  const auto svg = attention_svg(map);
  REQUIRE_THAT(svg,
               Contains("<svg") && Contains("</svg>") && Contains("道") && Contains("&lt;s&gt;") && !Contains("<s>"));
  const auto table = attention_table(map);
  REQUIRE_THAT(table, Contains("道") && Contains("1.00"));
}

TEST_CASE("of a sequence-to-sequence model each token said has its row over the source") {
  auto options = testing::small_model(16).options();
  options.architecture = "seq2seq";
  options.pairs = "causal";
  const Model model = Model::random(options, testing::small_model(16).tokenizer(), 7);
  const auto map = attention_map(model, "The\tTe", 0, 0);
  REQUIRE(map.tokens == std::vector<std::string>{"T", "h", "e"});
  REQUIRE(map.readers == std::vector<std::string>{"T", "e"});
  for (const auto& row : map.weights) REQUIRE(row[0] + row[1] + row[2] == Approx(1).margin(1e-5));
  const auto svg = attention_svg(map);
  REQUIRE_THAT(svg, Contains(">T<") && Contains(">h<"));
  REQUIRE(attention_map(model, "The", 0, 0).tokens.size() == 3);  // its own translation, whatever that is
  REQUIRE_THROWS_WITH(attention_map(model, "The", 0, 1), Contains("heads 0 to 0"));
  REQUIRE_THROWS_WITH(attention_map(model, "The\t", 0, 0), Contains("empty"));
  options.attention = "none";
  REQUIRE_THROWS_WITH(attention_map(Model::random(options, model.tokenizer(), 7), "The", 0, 0),
                      Contains("--attention luong"));
}

TEST_CASE("layers, heads and lengths that a model does not have are refused") {
  const Model model = testing::small_model(16);
  REQUIRE_THROWS_WITH(attention_map(model, "cat", 2, 0), Contains("layers 0 to 1"));
  REQUIRE_THROWS_WITH(attention_map(model, "cat", 0, 5), Contains("heads 0 to 1"));
  REQUIRE_THROWS_WITH(attention_map(model, "", 0, 0), Contains("empty"));
  REQUIRE_THROWS_WITH(attention_map(model, "the cat sat on the mat", 0, 0), Contains("context"));
}
