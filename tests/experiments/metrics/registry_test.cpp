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
  CHECK(shown(bits, {{"bits_per_char", 1.5}, {"deviation", {{"bits_per_char", 0.25}}}}) == "1.5000 ± 0.2500");
  CHECK(shown(bits, {{"bits_per_char", 1.5}, {"deviation", 7}}) == "1.5000");
}

TEST_CASE("the interval of a mean stands beside its deviation") {
  const MetricKind& bits = metric_kinds().front();
  nlohmann::json arm = {{"bits_per_char", 1.5}, {"deviation", {{"bits_per_char", 0.25}}}};
  CHECK(shown_with_interval(bits, arm) == "1.5000 ± 0.2500");
  arm["interval"]["bits_per_char"] = {{"low", 1}, {"high", 2}};
  CHECK(shown_with_interval(bits, arm) == "1.5000 ± 0.2500 [1.0000, 2.0000]");
  CHECK(metrics_in(nlohmann::json::array({arm})) == std::vector<const MetricKind*>{&bits});
  CHECK(metrics_in(nlohmann::json::array()).empty());
}

TEST_CASE("all metrics are folded at once, and only those with a finite value are written") {
  using namespace noema::reasoning;
  Metrics metrics;
  nlohmann::json target = {{"arm", "a"}};
  metrics.put(target);
  CHECK(target.size() == 1);  // nothing was added: nothing is said
  const std::vector<float> words{4, 4}, reference{1, 9};
  metrics.add({Text{"a b", nullptr}, Bits{{4, 4}}, words, reference});
  metrics.put(target);
  CHECK(target["bits_per_char"].get<double>() == Approx(2));
  CHECK(target["word_perplexity"].get<double>() == Approx(16));
  CHECK_FALSE(target.contains("accuracy"));
  CHECK_FALSE(target.contains("words_made_worse"));  // paired: folded once all arms have run
  Metrics paired(true);
  paired.add({Text{}, Bits{}, words, reference});
  nlohmann::json beside;
  paired.put(beside);
  CHECK(beside == nlohmann::json{{"words_made_worse", 0.5}});
  metrics.add({Text{"a b", nullptr}, Bits{{1e9, 0}}, words, {}});
  nlohmann::json infinite;
  metrics.put(infinite);
  CHECK_FALSE(infinite.contains("word_perplexity"));
  CHECK(infinite.contains("bits_per_char"));
}

TEST_CASE("a share is shown in percent, and what is no number as a dash") {
  for (const MetricKind& kind : metric_kinds()) {
    CHECK(shown(kind, {{kind.name, "many"}}) == "–");
    CHECK(shown(kind, {{kind.name, true}}) == "–");
    const std::string half = shown(kind, {{kind.name, 0.5}});
    CHECK((kind.share ? half == "50.0%" : half.find("0.50") == 0));
    CHECK(shown(kind, {{kind.name, 1}}).find('1') == 0);  // a whole number is a number
  }
}
