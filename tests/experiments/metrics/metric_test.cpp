// What must hold of every metric.

#include "experiments/metrics/metric.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "experiments/metrics/registry.h"

using namespace noema::experiments;
using namespace noema::reasoning;

namespace {

struct Sample {
  Experience experience;
  Outcome outcome;
  std::vector<float> words, reference;
  std::optional<AskedAt> asked = {};
  std::vector<Term> terms = {};
};

/// Outcomes of every kind of experience.
std::vector<Sample> samples() {
  std::vector<Sample> all{{Text{"two words", nullptr}, Bits{{3, 4, 1}}, {3, 4, 1}, {4, 3, 1}},
                          {Text{"", nullptr}, Bits{{2}}, {2}, {1}},
                          {LabelledText{"a text", "x"}, Label{"x", "y", 0.9}, {}, {}},
                          {Features{{1, 2}, "7"}, Label{"1", {}, 0.4}, {}, {}},
                          {Question{"who?", "she"}, Reply{"she", 0.5}, {}, {}},
                          {Question{"who?", {}}, Reply{{}, 0}, {}, {}},
                          {ToldPair{"s", "abcde"}, Translated{"abcdx", {2, 1}}, {}, {}, {}, {{"ab", false}}},
                          {ToldPair{"s", "x"}, Translated{"", {3}}, {}, {}, {}, {{"xy", true}, {"yz", false}}}};
  // Two tasks, asked about before the first and after each: what is learned is not forgotten.
  for (std::size_t after = 0; after <= 2; ++after) {
    for (std::size_t of = 0; of < 2; ++of)
      all.push_back(
          {LabelledText{"a text", "x"}, Label{of < after ? "x" : "y", {}, 0.8}, {}, {}, AskedAt{after, of, 2}});
    all.push_back({LabelledText{"a text", {}}, Label{"y", {}, 0.3}, {}, {}, AskedAt{after, 0, 2, true}});
  }
  return all;
}

void add(Fold& fold, const Sample& sample) {
  fold.add({sample.experience, sample.outcome, sample.words, sample.reference, sample.asked, sample.terms});
}

}  // namespace

TEST_CASE("reading a metric's value changes nothing, and the order of outcomes does not count") {
  const auto all = samples();
  for (const MetricKind& kind : metric_kinds()) {
    INFO(kind.name);
    const auto forward = kind.make(), backward = kind.make();
    for (const Sample& sample : all) {
      add(*forward, sample);
      CHECK(forward->value() == forward->value());
    }
    for (auto sample = all.rbegin(); sample != all.rend(); ++sample) add(*backward, *sample);
    REQUIRE(forward->value().has_value());
    CHECK(*backward->value() == Approx(*forward->value()));
  }
}

TEST_CASE("each fold counts by itself") {
  for (const MetricKind& kind : metric_kinds()) {
    const auto one = kind.make(), other = kind.make();
    for (const Sample& sample : samples()) add(*one, sample);
    CHECK(one->value().has_value());
    CHECK_FALSE(other->value().has_value());
  }
}

TEST_CASE("a share lies between 0 and 1, and every value is finite") {
  for (const MetricKind& kind : metric_kinds()) {
    const auto fold = kind.make();
    for (const Sample& sample : samples()) add(*fold, sample);
    const double value = *fold->value();
    CHECK(std::isfinite(value));
    CHECK(value >= 0);
    if (kind.share) CHECK(value <= 1);
  }
}

TEST_CASE("an outcome that is not of its experience's kind is left out") {
  const std::vector<float> none;
  for (const MetricKind& kind : metric_kinds()) {
    const auto fold = kind.make();
    fold->add({Text{"text", nullptr}, Label{"x", {}, 1}, none, none});
    fold->add({Question{"who?", "she"}, Bits{{1}}, none, none});
    fold->add({LabelledText{"text", "x"}, Reply{"x", 1}, none, none});
    CHECK_FALSE(fold->value().has_value());
  }
}
