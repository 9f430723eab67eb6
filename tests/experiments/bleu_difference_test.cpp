#include "experiments/bleu_difference.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "base/rng.h"

using namespace noema::experiments;
using noema::transformer::bleu_counts;
using noema::transformer::BleuCounts;

namespace {

using Words = std::vector<std::string>;

/// Translations of which so many in ten are right, and the others wrong at the end.
std::vector<BleuCounts> translations(std::uint64_t right_in_ten, std::size_t count) {
  noema::base::Rng rng(right_in_ten);
  std::vector<BleuCounts> counts;
  const Words reference{"a", "b", "c", "d", "e"};
  for (std::size_t i = 0; i < count; ++i)
    counts.push_back(bleu_counts(rng.below(10) < right_in_ten ? reference : Words{"a", "b", "c", "x", "y"}, reference));
  return counts;
}

}  // namespace

TEST_CASE(
    "a clear difference of BLEU leaves out zero, one of an arm to itself is zero, and the same seed draws alike") {
  const auto good = translations(8, 200), poor = translations(3, 200);
  const BleuDifference d = bleu_difference(good, poor);
  CHECK(d.low > 0);
  CHECK(d.low < d.bleu);
  CHECK(d.bleu < d.high);
  CHECK(bleu_difference(good, poor).low == d.low);
  const BleuDifference same = bleu_difference(good, good);
  CHECK(same.bleu == 0);
  CHECK(same.low == 0);
  CHECK(same.high == 0);
}

TEST_CASE("the difference is that of the whole: a hand-computed case") {
  const Words reference{"a", "b", "c", "d", "e"};
  const std::vector<BleuCounts> right{bleu_counts(reference, reference)},
      short_one{bleu_counts({"a", "b", "c", "d"}, reference)};
  CHECK(bleu_difference(right, short_one).bleu == Approx(100 - 100 * std::exp(1 - 5.0 / 4)));
  CHECK(bleu_difference({}, {}).bleu == 0);
  CHECK_THROWS_AS(bleu_difference(right, {}), std::logic_error);
}
