#include <catch2/catch.hpp>
#include <cmath>
#include <functional>

#include "experiments/metrics/bleu.h"
#include "experiments/metrics/target_bits.h"
#include "experiments/metrics/term_recall.h"

using namespace noema::experiments;
using namespace noema::reasoning;

namespace {

Scored scored(const Experience& experience, const Outcome& outcome, const std::vector<Term>& terms = {}) {
  Scored one{experience, outcome, {}, {}};
  one.terms = terms;
  return one;
}

}  // namespace

TEST_CASE("BLEU of all translations together, without white space: a hand-computed case") {
  const auto fold = bleu_metric().make();
  CHECK_FALSE(fold->value());
  const Experience one = ToldPair{"s", "abcd"}, other = ToldPair{"s", "efgh"};
  fold->add(scored(one, Translated{"ab cd", {}}));
  CHECK(*fold->value() == Approx(100));
  fold->add(scored(other, Translated{"efxx", {}}));
  // Of 8, 6, 4, 2 n-grams 6, 4, 2, 1 are right, and the lengths are alike.
  CHECK(*fold->value() == Approx(100 * std::pow(6.0 / 8 * 4 / 6 * 2 / 4 * 1 / 2, 0.25)));
  fold->add(scored(Text{"x", nullptr}, Bits{{1}}));
  CHECK(*fold->value() == Approx(100 * std::pow(6.0 / 8 * 4 / 6 * 2 / 4 * 1 / 2, 0.25)));
}

TEST_CASE("bits of a target are divided by its characters and its line end: a hand-computed case") {
  const auto fold = target_bits_metric().make();
  CHECK_FALSE(fold->value());
  const Experience one = ToldPair{"s", "道可"}, other = ToldPair{"s", "x"};
  fold->add(scored(one, Translated{"", {2, 3, 1}}));
  fold->add(scored(other, Translated{"", {4, 0}}));
  CHECK(*fold->value() == Approx(10.0 / 5));
}

TEST_CASE("recall of terms counts the first time and later times apart: a hand-computed case") {
  const auto first = new_terms_metric().make(), later = later_terms_metric().make();
  CHECK_FALSE(first->value());
  const Experience pair = ToldPair{"s", "abc"};
  for (const auto& fold : {std::cref(first), std::cref(later)}) {
    fold.get()->add(scored(pair, Translated{"abx", {}}, {{"ab", false}, {"bc", false}}));
    fold.get()->add(scored(pair, Translated{"abc", {}}, {{"ab", true}, {"bc", true}, {"xx", true}, {"cd", false}}));
  }
  CHECK(*first->value() == Approx(1.0 / 3));
  CHECK(*later->value() == Approx(2.0 / 3));
}
