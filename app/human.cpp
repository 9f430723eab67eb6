#include "app/human.h"

#include <fmt/format.h>
#include <unicode/uchar.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <ctime>

#include "app/characters.h"

namespace noema::app {
namespace {

constexpr std::size_t kGap = 2;  // spaces between columns

std::size_t width_of(UChar32 c) {
  switch (u_charType(c)) {
    case U_NON_SPACING_MARK:
    case U_ENCLOSING_MARK:
    case U_FORMAT_CHAR:
    case U_CONTROL_CHAR: return 0;
    default: break;
  }
  const int width = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);
  return width == U_EA_WIDE || width == U_EA_FULLWIDTH ? 2 : 1;
}

}  // namespace

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  for_each_character(text, [&](UChar32 c, std::string_view) { width += width_of(c); });
  return width;
}

std::string shortened(std::string_view text, std::size_t columns) {
  if (display_width(text) <= columns) return std::string(text);
  std::string kept;
  std::size_t width = 1;  // for the ellipsis
  bool full = false;
  for_each_character(text, [&](UChar32 c, std::string_view bytes) {
    width += width_of(c);
    full = full || width > columns;
    if (!full) kept += bytes;
  });
  return kept + "…";
}

std::string shortened_around(std::string_view text, std::size_t begin, std::size_t end, std::size_t columns) {
  if (display_width(text) <= columns) return std::string(text);
  struct Character {
    std::size_t begin, end, width;
  };
  std::vector<Character> all;
  std::size_t at = 0;
  for_each_character(text, [&](UChar32 c, std::string_view bytes) {
    all.push_back({at, at + bytes.size(), width_of(c)});
    at += bytes.size();
  });
  std::size_t width = 2;  // for the ellipses
  std::size_t first = 0, last = 0;
  while (first < all.size() && all[first].end <= begin) ++first;
  for (last = first; last < all.size() && all[last].begin < end; ++last) width += all[last].width;
  for (bool grows = true; grows;) {
    grows = false;
    if (first > 0 && width + all[first - 1].width <= columns) width += all[--first].width, grows = true;
    if (last < all.size() && width + all[last].width <= columns) width += all[last++].width, grows = true;
  }
  const std::size_t from = first < all.size() ? all[first].begin : text.size();
  const std::size_t to = last > first ? all[last - 1].end : from;
  return (first > 0 ? "…" : "") + std::string(text.substr(from, to - from)) + (last < all.size() ? "…" : "");
}

std::string one_line(std::string_view text) {
  std::string line;
  for_each_character(text, [&](UChar32 c, std::string_view bytes) {
    if (u_charType(c) == U_CONTROL_CHAR)
      line += ' ';
    else if (c == 0xFFFD)
      line += "\xEF\xBF\xBD";
    else
      line += bytes;
  });
  return line;
}

std::string human_count(std::uint64_t count) {
  std::string digits = std::to_string(count);
  for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3)
    digits.insert(static_cast<std::size_t>(at), ",");
  return digits;
}

std::string human_number(double number) {
  if (!std::isfinite(number)) return "-";
  const double size = std::abs(number);
  if (size >= 999.5) return (number < 0 ? "-" : "") + human_count(static_cast<std::uint64_t>(std::llround(size)));
  if (size >= 99.95) return fmt::format("{:.0f}", number);
  if (size >= 9.995) return fmt::format("{:.1f}", number);
  if (size >= 0.995) return fmt::format("{:.2f}", number);
  return fmt::format("{:.3g}", number);
}

std::string human_interval(double value, double low, double high) {
  const auto number = [](double n) { return (n < 0 ? "-" : "+") + human_number(std::abs(n)); };
  return fmt::format("{} [{}, {}]", number(value), number(low), number(high));
}

std::string human_bytes(std::uint64_t bytes) {
  constexpr std::array<const char*, 4> kUnits{"kB", "MB", "GB", "TB"};
  if (bytes < 1000) return fmt::format("{} bytes", bytes);
  double size = static_cast<double>(bytes) / 1000;
  std::size_t unit = 0;
  for (; size >= 999.5 && unit + 1 < kUnits.size(); ++unit) size /= 1000;
  if (size < 9.95) return fmt::format("{:.1f} {}", size, kUnits[unit]);
  return fmt::format("{:.0f} {}", size, kUnits[unit]);
}

std::string human_seconds(double seconds) {
  if (!std::isfinite(seconds)) return "-";
  if (seconds < 0.001) return "below 1 ms";
  if (seconds < 0.9995) return fmt::format("{:.0f} ms", seconds * 1000);
  if (seconds < 59.95) return fmt::format("{:.1f} s", seconds);
  const auto whole = static_cast<std::uint64_t>(std::llround(seconds));
  if (whole < 3600) return fmt::format("{} min {} s", whole / 60, whole % 60);
  return fmt::format("{} h {} min", whole / 3600, whole % 3600 / 60);
}

std::string human_time(double seconds) {
  constexpr double kLatest = 253402300799;  // the end of the year 9999
  if (!std::isfinite(seconds) || std::abs(seconds) > kLatest) return "-";
  const auto whole = static_cast<std::time_t>(std::floor(seconds));
  std::tm parts{};
  ::gmtime_r(&whole, &parts);
  std::string text = fmt::format("{:04}-{:02}-{:02}", parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday);
  if (whole % 86400 != 0) text += fmt::format(" {:02}:{:02}", parts.tm_hour, parts.tm_min);
  return text;
}

std::string human_share(double share) {
  if (!std::isfinite(share)) return "-";
  return fmt::format("{:.0f}%", share * 100);
}

std::string TextTable::line(const std::vector<std::string>& cells, const std::vector<std::size_t>& widths,
                            std::size_t indent) const {
  std::string text(indent, ' ');
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    const std::string cell = i < cells.size() ? cells[i] : std::string();
    const std::string filling(widths[i] - std::min(widths[i], display_width(cell)), ' ');
    if (i > 0) text += std::string(kGap, ' ');
    text += columns_[i].align == Align::kRight ? filling + cell : cell + filling;
  }
  text.erase(text.find_last_not_of(' ') + 1);
  return text + '\n';
}

std::string TextTable::text(std::size_t indent) const {
  std::vector<std::size_t> widths;
  std::vector<std::string> titles;
  bool titled = false;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    std::size_t width = display_width(columns_[i].title);
    for (const auto& row : rows_)
      if (i < row.size()) width = std::max(width, display_width(row[i]));
    widths.push_back(width);
    titles.push_back(columns_[i].title);
    titled = titled || !columns_[i].title.empty();
  }
  std::string text;
  if (titled) text += line(titles, widths, indent);
  for (const auto& row : rows_) text += line(row, widths, indent);
  return text;
}

std::string listed(const std::vector<std::string>& names) {
  if (names.size() < 2) return names.empty() ? std::string() : names.front();
  return fmt::format("{} and {}", fmt::join(names.begin(), names.end() - 1, ", "), names.back());
}

std::string counted(std::uint64_t count, std::string_view noun, std::string_view plural) {
  if (count == 1) return fmt::format("1 {}", noun);
  return fmt::format("{} {}", human_count(count), plural.empty() ? fmt::format("{}s", noun) : plural);
}

}  // namespace noema::app
