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
