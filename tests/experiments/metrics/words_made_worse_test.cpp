#include "experiments/metrics/words_made_worse.h"

#include <catch2/catch.hpp>

using namespace noema::experiments;
using namespace noema::reasoning;

TEST_CASE("only words that cost noticeably more than with the static arm are made worse") {
  const auto fold = words_made_worse_metric().make();
  CHECK_FALSE(fold->value());
  const std::vector<float> own{1, 2, 3, 4}, reference{1, 1, 3.00001F, 5};
  fold->add({Text{}, Bits{}, own, reference});
  CHECK(fold->value() == Approx(0.25));
  fold->add({Text{}, Bits{}, own, {}});  // beside nothing
  CHECK(fold->value() == Approx(0.25));
}

TEST_CASE("a word is worse from a ten-thousandth of a bit on") {
  const auto share = [](float own, float reference) {
    const auto fold = words_made_worse_metric().make();
    const std::vector<float> a{own}, b{reference};
    fold->add({Text{}, Bits{}, a, b});
    return *fold->value();
  };
  CHECK(share(1, 1) == 0);
  CHECK(share(1.00005F, 1) == 0);
  CHECK(share(1.0002F, 1) == 1);
  CHECK(share(0, 20) == 0);
}

TEST_CASE("it is folded beside the static arm alone, over words of texts of any number") {
  CHECK(words_made_worse_metric().paired);
  const auto fold = words_made_worse_metric().make();
  const std::vector<float> a{1, 9}, b{2, 2}, c{5}, d{1};
  fold->add({Text{}, Bits{}, a, b});
  fold->add({Text{}, Bits{}, c, d});
  fold->add({Text{}, Bits{}, a, c});  // of another length: not beside each other
  CHECK(*fold->value() == Approx(2.0 / 3));
}
