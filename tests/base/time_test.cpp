#include "base/time.h"

#include <catch2/catch.hpp>
#include <cstdio>
#include <limits>
#include <string>

#include "base/clock.h"
#include "base/error.h"

using namespace noema::base;

namespace {

std::string reason_of(std::string_view text) {
  try {
    parse_time(text);
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

}  // namespace

TEST_CASE("every common form of a time is read") {
  const double noon = 1709208000;  // 2024-02-29T12:00:00Z
  for (const char* text : {"2024-02-29T12:00:00Z", "2024-02-29T12:00:00+00:00", "2024-02-29T14:00:00+02:00",
                           "2024-02-29T14:00:00+0200", "2024-02-29T14:00+02", "2024-02-29t07:00:00-05:00",
                           "2024-02-29 12:00:00z", "20240229T120000Z", "1709208000", "1709208000.0", "1709208000000"}) {
    INFO(text);
    CHECK(parse_time(text).seconds == noon);
    CHECK(parse_time(text).has_offset);
  }
  for (const char* text : {"2024-02-29T12:00:00", "2024-02-29 12:00", "20240229T1200"}) {
    INFO(text);
    CHECK(parse_time(text).seconds == noon);
    CHECK_FALSE(parse_time(text).has_offset);
  }
  CHECK(parse_time("2024-02-29").seconds == noon - 12 * 3600);
  CHECK(parse_time("2024-05-06T07:08:09.123Z").seconds == Approx(1714979289.123).epsilon(1e-15));
  CHECK(parse_time("1714979289123").seconds == Approx(1714979289.123).epsilon(1e-15));
  CHECK(parse_time("2023-05-08T13:56:00").seconds == 1683554160);
  CHECK(parse_time("-1.5").seconds == -1.5);
  CHECK(parse_time("0001-01-01").seconds == -62135596800);
  CHECK(iso8601(parse_time("2024-02-29T12:00:00+05:30").seconds) == "2024-02-29T06:30:00+00:00");
}

TEST_CASE("impossible times are refused with the reason") {
  CHECK_THAT(reason_of("2023-02-30"), Catch::Contains("there is no day 2023-02-30"));
  CHECK_THAT(reason_of("2023-02-29T00:00:00Z"), Catch::Contains("there is no day"));
  CHECK_THAT(reason_of("2023-13-01"), Catch::Contains("there is no day"));
  CHECK_THAT(reason_of("0000-01-01"), Catch::Contains("years are 1 to 9999"));
  CHECK_THAT(reason_of("2023-01-01T25:00:00"), Catch::Contains("hours are 00 to 23, not 25"));
  CHECK_THAT(reason_of("2023-01-01T24:00:00"), Catch::Contains("hours"));
  CHECK_THAT(reason_of("2023-01-01T12:60"), Catch::Contains("minutes"));
  CHECK_THAT(reason_of("2023-01-01T12:00:61"), Catch::Contains("seconds"));
  CHECK_THAT(reason_of("2023-01-01T12:00:00+25:00"), Catch::Contains("no offset"));
  CHECK_THAT(reason_of("1714979289123000"), Catch::Contains("years 1 to 9999"));
  for (const char* text : {"", "yesterday", "2023", "12023-01-01", "2023-1-1", "2023-01-01T", "2023-01-01T12",
                           "2023-01-01T12:00:00.", "2023-01-01T12:00:00Z!", "2023-0101", "1e300", "nan", "inf", " 5"}) {
    INFO(text);
    const std::string reason = reason_of(text);
    if (std::string(text) == "2023")
      CHECK(reason.empty());  // 2023 seconds after 1970 began
    else
      CHECK_THAT(reason, Catch::Contains("is no time"));
  }
}

TEST_CASE("numbers are seconds or milliseconds of the years 1 to 9999") {
  CHECK(seconds_since_1970(1e9) == 1e9);
  CHECK(seconds_since_1970(1e12) == 1e9);
  CHECK(seconds_since_1970(-62135596800000) == -62135596800);
  CHECK_THROWS_AS(seconds_since_1970(1e18), Error);
  CHECK_THROWS_AS(seconds_since_1970(std::numeric_limits<double>::infinity()), Error);
  CHECK_THROWS_AS(seconds_since_1970(std::numeric_limits<double>::quiet_NaN()), Error);
}

TEST_CASE("an offset is whole: with its minutes if it has a colon, and within a day") {
  CHECK(parse_time("2024-02-29T12:00-00:30").seconds == 1709208000 + 1800);
  CHECK(parse_time("2024-02-29T12:00+23:59").seconds == 1709208000 - 86340);
  for (const char* text : {"2024-02-29T12:00+02:", "2024-02-29T12:00+2", "2024-02-29T12:00+", "2024-02-29T12:00+02:0",
                           "2024-02-29T12:00+02:000", "2024-02-29+02:00", "2024-02-29T12:00 +02:00"}) {
    INFO(text);
    CHECK_THAT(reason_of(text), Catch::Contains("is no time"));
  }
}

TEST_CASE("a time that its offset carries out of the years 1 to 9999 is refused, as a number of it would be") {
  CHECK(parse_time("0001-01-01T00:00:00Z").seconds == -62135596800);
  CHECK(parse_time("9999-12-31T23:59:59Z").seconds == 253402300799);
  CHECK_THAT(reason_of("0001-01-01T00:00:00+00:01"), Catch::Contains("years 1 to 9999"));
  CHECK_THAT(reason_of("9999-12-31T23:59:59-00:01"), Catch::Contains("years 1 to 9999"));
}

TEST_CASE("days of leap years are there and those of other years are not") {
  for (const char* text : {"2000-02-29", "2024-02-29", "1600-02-29", "0004-02-29"}) CHECK(reason_of(text).empty());
  for (const char* text :
       {"1900-02-29", "2100-02-29", "2023-02-29", "2024-02-30", "2024-04-31", "2024-00-01", "2024-01-00"})
    CHECK_THAT(reason_of(text), Catch::Contains("there is no day"));
}

TEST_CASE("every day since 1970 is a day later than the one before, and is written back as it was read") {
  double before = -86400;
  for (int year = 1970; year < 2110; ++year)
    for (int month = 1; month <= 12; ++month)
      for (int day = 1; day <= 31; ++day) {
        char text[48];
        std::snprintf(text, sizeof text, "%04d-%02d-%02d", year, month, day);
        double seconds = 0;
        try {
          seconds = parse_time(text).seconds;
        } catch (const Error&) {
          REQUIRE(day > 28);
          continue;
        }
        REQUIRE(seconds == before + 86400);
        REQUIRE(iso8601(seconds) == std::string(text) + "T00:00:00+00:00");
        before = seconds;
      }
}

TEST_CASE("a fraction may have any number of digits, and a long text is cut in the error") {
  CHECK(parse_time("2024-02-29T12:00:00.5Z").seconds == 1709208000.5);
  CHECK(parse_time("2024-02-29T12:00:00,25Z").seconds == 1709208000.25);
  CHECK(parse_time("2024-02-29T12:00:00." + std::string(1000, '0') + "Z").seconds == 1709208000);
  CHECK(parse_time("2024-02-29T12:00:00." + std::string(400, '9') + "Z").seconds == Approx(1709208001).epsilon(1e-15));
  CHECK(reason_of(std::string(100000, 'x')).size() < 300);
}
