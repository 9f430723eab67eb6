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

TEST_CASE("a number is read as it is written, with one sign and nothing around it") {
  const Range any{-10, 10};
  for (const char* text : {"5", "+5", "-5", "0.5", "-.5", "1e0", "+1E1"}) {
    INFO(text);
    CHECK_FALSE(any.complaint(text));
  }
  for (const char* text : {"", "+", "-", "+-5", "--5", "++5", "5 ", " 5", "5,5", "5.5.5", "0x1", "1e", "five", "٣"}) {
    INFO(text);
    CHECK(any.complaint(text));
  }
}

TEST_CASE("whole numbers are compared exactly, below 2^64 and below any bound") {
  const Range large{0, 9007199254740993.0, true};  // the nearest double is one less
  CHECK_FALSE(large.complaint("9007199254740992"));
  CHECK(large.complaint("9007199254740993"));
  CHECK(Range{1, 3, true}.complaint("0"));
  CHECK(Range{-3, 3, true}.complaint("-4"));
  CHECK_FALSE(Range{-3, 3, true}.complaint("-3"));
  CHECK(Range{-3, 3, true}.complaint("0.5"));
}

TEST_CASE("what was expected is said of each kind of end") {
  CHECK(Range{0, 1}.expected() == "a number from 0 to 1");
  CHECK(Range{0, 1, false, true}.expected() == "a number above 0 to 1");
  CHECK(Range{0, 1, false, false, true}.expected() == "a number from 0 to below 1");
  CHECK(Range{0, 1, false, true, true}.expected() == "a number between 0 and 1");
  CHECK(Range{1, 1e15, true}.expected() == "a whole number from 1 to 1000000000000000");
  CHECK(*Range{0, 1}.complaint("") == "expected a number from 0 to 1, found nothing");
  CHECK(*Range{0, 1}.complaint(std::nan("")) == "expected a number from 0 to 1, found nan");
}

TEST_CASE("a value in range is required without a word, one out of range with the option's name") {
  CHECK_NOTHROW(ranges::kShare.require("share", 0));
  CHECK_NOTHROW(ranges::kShare.require("share", 1));
  CHECK_THROWS_AS(ranges::kShare.require("share", -1e-9), noema::base::UsageError);
  CHECK_THROWS_WITH(ranges::kSteps.require("steps", 0.5),
                    "steps: expected a whole number from 1 to 1000000000000, found 0.5");
}
