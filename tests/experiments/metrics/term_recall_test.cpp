#include "experiments/metrics/term_recall.h"

#include <catch2/catch.hpp>

#include "tests/experiments/metrics/said.h"

using namespace noema::experiments;

namespace {

/// Both metrics over the same translations.
struct Recalls {
  std::unique_ptr<Fold> first = new_terms_metric().make(), later = later_terms_metric().make();

  void add(const std::string& said, const std::vector<Term>& terms) {
    for (Fold* fold : {first.get(), later.get()}) noema::experiments::add(*fold, {"s", "a target"}, {said, {}}, terms);
  }
};

}  // namespace

TEST_CASE("recall of terms counts the first time and later times apart: a hand-computed case") {
  Recalls recalls;
  recalls.add("abx", {{"ab", false}, {"bc", false}});
  CHECK(*recalls.first->value() == Approx(1.0 / 2));
  CHECK_FALSE(recalls.later->value());
  recalls.add("abc", {{"ab", true}, {"bc", true}, {"xx", true}, {"cd", false}});
  CHECK(*recalls.first->value() == Approx(1.0 / 3));
  CHECK(*recalls.later->value() == Approx(2.0 / 3));
}

TEST_CASE("a term is said where its letters stand side by side, marks and other letters apart") {
  Recalls recalls;
  recalls.add("子，曰", {{"子曰", false}});
  CHECK(*recalls.first->value() == 0);
  recalls.add("不子曰。", {{"子曰", false}});
  CHECK(*recalls.first->value() == Approx(1.0 / 2));
  recalls.add("曰子", {{"子曰", false}});
  recalls.add("", {{"子曰", false}});
  CHECK(*recalls.first->value() == Approx(1.0 / 4));
}

TEST_CASE("a term that is said twice in a translation is recalled once") {
  Recalls recalls;
  recalls.add("ab ab ab", {{"ab", true}, {"cd", true}});
  CHECK(*recalls.later->value() == Approx(1.0 / 2));
}

TEST_CASE("pairs without terms, and what is no translation, leave recall without a value") {
  Recalls recalls;
  recalls.add("abc", {});
  for (Fold* fold : {recalls.first.get(), recalls.later.get()}) {
    add_bits(*fold);
    CHECK_FALSE(fold->value());
  }
}

TEST_CASE("both recalls are shares with names and formulas of their own") {
  const MetricKind first = new_terms_metric(), later = later_terms_metric();
  CHECK(first.name == "new_terms");
  CHECK(later.name == "later_terms");
  CHECK(first.share);
  CHECK(later.share);
  CHECK(first.formula != later.formula);
}
