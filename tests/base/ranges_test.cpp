#include "base/ranges.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

#include "base/error.h"

using noema::base::Range;
namespace ranges = noema::base::ranges;

TEST_CASE("a seed is any whole number of 64 bits and nothing else") {
  CHECK_FALSE(ranges::kSeed.complaint("0"));
  CHECK_FALSE(ranges::kSeed.complaint("18446744073709551615"));
  for (const char* text : {"-1", "18446744073709551616", "1e3", "2.5", "", " 1", "1x", "nan", "inf", "0x10"}) {
    INFO(text);
    CHECK(ranges::kSeed.complaint(text));
  }
  CHECK(*ranges::kSeed.complaint("-1") == "expected a whole number from 0 to 18446744073709551615, found -1");
}

TEST_CASE("no range holds NaN or an infinity") {
  const double infinity = std::numeric_limits<double>::infinity();
  for (const Range& range : {ranges::kLearningRate, ranges::kWeightDecay, ranges::kMinutes, ranges::kTemperature})
    for (double value : {infinity, -infinity, std::nan("")}) CHECK_FALSE(range.contains(value));
  for (const char* text : {"nan", "inf", "-inf", "1e400", "1e30", "1000"}) CHECK(ranges::kLearningRate.complaint(text));
  CHECK_FALSE(ranges::kLearningRate.complaint("50"));
}

TEST_CASE("ends belong to a range or do not, as it says") {
  CHECK(ranges::kLearningRate.complaint("0"));
  CHECK_FALSE(ranges::kDropout.complaint("0"));
  CHECK(*ranges::kDropout.complaint("1") == "expected a number from 0 to below 1, found 1");
  CHECK_FALSE(ranges::kBatch.complaint("65536"));
  CHECK(ranges::kBatch.complaint("65537"));
  CHECK(ranges::kBatch.complaint(1.5));
  CHECK_THROWS_WITH(ranges::kBatch.require("batch", 0), "batch: expected a whole number from 1 to 65536, found 0");
}
