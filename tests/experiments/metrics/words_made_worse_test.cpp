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
