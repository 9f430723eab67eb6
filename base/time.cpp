#include "base/time.h"

#include <fmt/format.h>

#include <charconv>
#include <chrono>
#include <cmath>
#include <optional>
#include <string>

#include "base/error.h"

namespace noema::base {
namespace {

constexpr double kEarliest = -62135596800;  // 0001-01-01T00:00:00Z
constexpr double kLatest = 253402300799;    // 9999-12-31T23:59:59Z
constexpr double kMilliseconds = 1e11;      // seconds would be the year 5138, milliseconds are 1973

/// Walks over a text, part by part.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text), rest_(text) {}

  bool at_end() const { return rest_.empty(); }
  bool next_is(std::string_view any) const {
    return !rest_.empty() && any.find(rest_.front()) != std::string_view::npos;
  }
  char take() {
    const char c = rest_.front();
    rest_.remove_prefix(1);
    return c;
  }
  bool skip(char c) {
    if (!next_is({&c, 1})) return false;
    take();
    return true;
  }
  /// Exactly `width` digits.
  int digits(int width) {
    int value = 0;
    for (int i = 0; i < width; ++i) {
      if (!next_is("0123456789")) fail();
      value = value * 10 + (take() - '0');
    }
    return value;
  }
  /// ".123" and ",123".
  double fraction() {
    if (!next_is(".,")) return 0;
    take();
    if (!next_is("0123456789")) fail();
    double value = 0;
    for (double place = 0.1; next_is("0123456789"); place /= 10) value += place * (take() - '0');
    return value;
  }
  [[noreturn]] void fail() const {
    throw Error(
        fmt::format("\"{}\" is no time; expected ISO 8601, such as 2024-02-29T12:00:00+00:00 or 2024-02-29, or "
                    "seconds or milliseconds since 1970",
                    text_.substr(0, 60)));
  }
  [[noreturn]] void impossible(const std::string& why) const {
    throw Error(fmt::format("\"{}\" is no time: {}", text_.substr(0, 60), why));
  }

 private:
  std::string_view text_;
  std::string_view rest_;
};

double date(Scanner& in) {
  const int year = in.digits(4);
  const bool dashed = in.skip('-');
  const int month = in.digits(2);
  if (dashed != in.skip('-')) in.fail();
  const int day = in.digits(2);
  using namespace std::chrono;
  const year_month_day parsed{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)},
                              std::chrono::day{static_cast<unsigned>(day)}};
  if (year == 0) in.impossible("years are 1 to 9999");
  if (!parsed.ok()) in.impossible(fmt::format("there is no day {:04}-{:02}-{:02}", year, month, day));
  return duration<double>(sys_days{parsed}.time_since_epoch()).count();
}

double clock(Scanner& in) {
  const int hour = in.digits(2);
  const bool colon = in.skip(':');
  const int minute = in.digits(2);
  int second = 0;
  if (colon ? in.skip(':') : in.next_is("0123456789")) second = in.digits(2);
  if (hour > 23) in.impossible(fmt::format("hours are 00 to 23, not {:02}", hour));
  if (minute > 59) in.impossible(fmt::format("minutes are 00 to 59, not {:02}", minute));
  if (second > 59) in.impossible(fmt::format("seconds are 00 to 59, not {:02}", second));
  return hour * 3600.0 + minute * 60.0 + second + in.fraction();
}

/// Seconds east of UTC; nothing if no offset is given.
std::optional<double> offset(Scanner& in) {
  if (in.skip('Z') || in.skip('z')) return 0;
  if (!in.next_is("+-")) return std::nullopt;
  const double sign = in.take() == '-' ? -1 : 1;
  const int hour = in.digits(2);
  const int minute = in.skip(':') || in.next_is("0123456789") ? in.digits(2) : 0;
  if (hour > 23 || minute > 59) in.impossible(fmt::format("there is no offset of {:02}:{:02}", hour, minute));
  return sign * (hour * 3600.0 + minute * 60.0);
}

std::optional<double> number(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace

double seconds_since_1970(double number) {
  const double seconds = std::abs(number) >= kMilliseconds ? number / 1000 : number;
  if (!(seconds >= kEarliest && seconds <= kLatest))
    throw Error(fmt::format("{} is no time: seconds and milliseconds since 1970 are of the years 1 to 9999", number));
  return seconds;
}

ParsedTime parse_time(std::string_view text) {
  if (const auto value = number(text)) return {seconds_since_1970(*value), true};
  Scanner in(text);
  double seconds = date(in);
  if (in.at_end()) return {seconds, false};
  if (!in.next_is("Tt ")) in.fail();
  in.take();
  seconds += clock(in);
  const auto east = offset(in);
  if (!in.at_end()) in.fail();
  seconds -= east.value_or(0);
  if (seconds < kEarliest || seconds >= kLatest + 1) in.impossible("in UTC it is not of the years 1 to 9999");
  return {seconds, east.has_value()};
}

}  // namespace noema::base
