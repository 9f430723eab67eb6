#include "experiments/metrics/bleu.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "tests/experiments/metrics/said.h"

using namespace noema::experiments;

TEST_CASE("BLEU of all translations together, without white space: a hand-computed case") {
  const auto fold = bleu_metric().make();
  CHECK_FALSE(fold->value());
  add(*fold, {"s", "abcd"}, {"ab cd", {}});
  CHECK(*fold->value() == Approx(100));
  add(*fold, {"s", "efgh"}, {"efxx", {}});
  // Of 8, 6, 4, 2 n-grams 6, 4, 2, 1 are right, and the lengths are alike.
  CHECK(*fold->value() == Approx(100 * std::pow(6.0 / 8 * 4 / 6 * 2 / 4 * 1 / 2, 0.25)));
  add_bits(*fold);
  CHECK(*fold->value() == Approx(100 * std::pow(6.0 / 8 * 4 / 6 * 2 / 4 * 1 / 2, 0.25)));
}
