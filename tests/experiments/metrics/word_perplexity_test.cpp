#include "experiments/metrics/word_perplexity.h"

#include <catch2/catch.hpp>

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
