#include "memory/varint.h"

#include <catch2/catch.hpp>
#include <limits>

#include "base/error.h"
#include "base/rng.h"

namespace noema::memory {

TEST_CASE("varints come back as they were") {
  base::Rng rng(3);
  std::vector<std::int64_t> values = {0, 1, 127, 128, 16383, 16384, std::numeric_limits<std::int64_t>::max()};
  for (int i = 0; i < 1000; ++i) values.push_back(static_cast<std::int64_t>(rng.bits() >> (1 + rng.below(63))));
  CHECK(decode_varints(encode_varints(values)) == values);
  CHECK(decode_varints("").empty());
}

TEST_CASE("small numbers take one byte") { CHECK(encode_varints({0, 1, 127}) == std::string("\0\1\x7f", 3)); }

TEST_CASE("bytes that are no varints are refused") {
  CHECK_THROWS_AS(decode_varints("\x80"), base::Error);
  CHECK_THROWS_AS(decode_varints(std::string(10, '\xff')), base::Error);
  CHECK_THROWS_AS(encode_varints({-1}), std::logic_error);
}

}  // namespace noema::memory
