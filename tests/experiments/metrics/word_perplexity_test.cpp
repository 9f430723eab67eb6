#include "experiments/metrics/word_perplexity.h"

#include <catch2/catch.hpp>
#include <cmath>

using namespace noema::experiments;
using namespace noema::reasoning;

TEST_CASE("word perplexity counts words and line ends, and is absent for text without white space") {
  const std::vector<float> words{2, 2, 2};
  const auto fold = word_perplexity_metric().make();
  fold->add({Text{"道可道", nullptr}, Bits{{6}}, words, {}});
  CHECK_FALSE(fold->value());
  fold->add({Text{"two words", nullptr}, Bits{{6}}, words, {}});
  CHECK(fold->value() == Approx(4));
}

TEST_CASE("word perplexity is two to the bits a word, line ends counting as words") {
  const std::vector<float> two{5, 1}, one{3};
  const auto fold = word_perplexity_metric().make();
  fold->add({Text{"one", nullptr}, Bits{{5, 1}}, two, {}});
  CHECK_FALSE(fold->value());  // one word a line is not yet white space
  fold->add({Text{"a b", nullptr}, Bits{{1, 1, 1}}, one, {}});
  CHECK(*fold->value() == Approx(std::exp2(9.0 / 3)));
}

TEST_CASE("words that cost nothing have perplexity 1, words that cannot be have one that is not shown") {
  const std::vector<float> words{0, 0};
  const auto fold = word_perplexity_metric().make();
  fold->add({Text{"a b", nullptr}, Bits{{0, 0}}, words, {}});
  CHECK(*fold->value() == 1);
  fold->add({Text{"a b", nullptr}, Bits{{1e9, 0}}, words, {}});
  CHECK_FALSE(std::isfinite(*fold->value()));
}
