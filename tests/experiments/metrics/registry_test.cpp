#include "experiments/metrics/registry.h"

#include <catch2/catch.hpp>
#include <set>

using namespace noema::experiments;

TEST_CASE("every metric has a name of its own, a label, a formula and a fold without a value at first") {
  std::set<std::string> names;
  for (const MetricKind& kind : metric_kinds()) {
    CHECK(names.insert(kind.name).second);
    CHECK_FALSE(kind.label.empty());
    CHECK_FALSE(kind.formula.empty());
    CHECK_FALSE(kind.make()->value());
  }
}

TEST_CASE("a metric without a finite value is shown as a dash, never as nan or inf") {
  const MetricKind& bits = metric_kinds().front();
  CHECK(shown(bits, {{"bits_per_char", 1.23456}}) == "1.2346");
  CHECK(shown(bits, {{"bits_per_char", std::numeric_limits<double>::infinity()}}) == "–");
  CHECK(shown(bits, {{"bits_per_char", nullptr}}) == "–");
  CHECK(shown(bits, nlohmann::json::object()) == "–");
}
