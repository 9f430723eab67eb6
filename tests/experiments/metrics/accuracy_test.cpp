#include "experiments/metrics/accuracy.h"

#include <catch2/catch.hpp>

using namespace noema::experiments;
using namespace noema::reasoning;

TEST_CASE("accuracy is the share of labels and known answers that are right") {
  const auto fold = accuracy_metric().make();
  fold->add({Text{"a text", nullptr}, Bits{{1}}, {}, {}});
  fold->add({Question{"who?", {}}, Reply{"nobody", 1}, {}, {}});  // the answer is not known
  CHECK_FALSE(fold->value());
  fold->add({LabelledText{"book me a flight", "travel"}, Label{"travel", "weather", 0.9}, {}, {}});
  fold->add({Features{{0, 1}, "7"}, Label{"1", "7", 0.5}, {}, {}});
  fold->add({Question{"who?", "Russell"}, Reply{"Russell", 0.7}, {}, {}});
  fold->add({Question{"where?", "here"}, Reply{{}, 0}, {}, {}});  // abstained
  CHECK(fold->value() == Approx(0.5));
}

TEST_CASE("no label, another label and another case are wrong, and an empty answer is not an abstention") {
  const auto fold = accuracy_metric().make();
  const auto value_after = [&](const Experience& experience, const Outcome& outcome) {
    fold->add({experience, outcome, {}, {}});
    return *fold->value();
  };
  CHECK(value_after(LabelledText{"a", "x"}, Label{{}, {}, 0}) == 0);
  CHECK(value_after(LabelledText{"a", "x"}, Label{"X", "x", 0.9}) == 0);  // the next best does not count
  CHECK(value_after(LabelledText{"a", ""}, Label{"", {}, 0}) == Approx(1.0 / 3));
  CHECK(value_after(Question{"?", ""}, Reply{"", 1}) == Approx(2.0 / 4));
  CHECK(value_after(Question{"?", ""}, Reply{{}, 1}) == Approx(2.0 / 5));
}

TEST_CASE("accuracy is shown in percent with one digit") {
  const MetricKind kind = accuracy_metric();
  CHECK(kind.share);
  CHECK(kind.name == "accuracy");
}
