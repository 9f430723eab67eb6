#include "experiments/metrics/bits_per_char.h"

#include <catch2/catch.hpp>

using namespace noema::experiments;
using namespace noema::reasoning;

TEST_CASE("bits per character counts code points and line ends") {
  const auto fold = bits_per_char_metric().make();
  CHECK_FALSE(fold->value());
  fold->add({Text{"道可", nullptr}, Bits{{3, 3, 3}}, {}, {}});
  CHECK(fold->value() == Approx(3));
  fold->add({Features{{0.5F}, "a"}, Label{"a", {}, 1}, {}, {}});  // no text: nothing is added
  CHECK(fold->value() == Approx(3));
}
