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

TEST_CASE("bits per character of several texts is their sum by their sum, not a mean of means") {
  const auto fold = bits_per_char_metric().make();
  fold->add({Text{"abc", nullptr}, Bits{{8}}, {}, {}});           // 8 bits, 4 characters
  fold->add({Text{"", nullptr}, Bits{{1}}, {}, {}});              // 1 bit, the line end
  fold->add({Text{"e\xCC\x81", nullptr}, Bits{{0, 3}}, {}, {}});  // 3 bits, two code points and the line end
  CHECK(*fold->value() == Approx(12.0 / 8));
}

TEST_CASE("a text that cost nothing has 0 bits per character") {
  const auto fold = bits_per_char_metric().make();
  fold->add({Text{"abc", nullptr}, Bits{}, {}, {}});
  CHECK(*fold->value() == 0);
}
