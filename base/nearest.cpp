#include "base/nearest.h"

#include <fmt/format.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>

namespace noema::base {
namespace {

std::vector<UChar32> folded_characters(std::string_view text) {
  std::vector<UChar32> characters;
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto length = static_cast<std::int32_t>(text.size());
  for (std::int32_t i = 0; i < length;) {
    UChar32 c = 0;
    U8_NEXT_OR_FFFD(bytes, i, length, c);
    characters.push_back(u_foldCase(c, U_FOLD_CASE_DEFAULT));
  }
  return characters;
}

std::size_t distance_between(const std::vector<UChar32>& a, const std::vector<UChar32>& b, std::size_t most) {
  const std::size_t longer = std::max(a.size(), b.size()), shorter = std::min(a.size(), b.size());
  if (longer - shorter > most) return most + 1;
  // Rows of the table of Damerau and Levenshtein (optimal string alignment): two back, one back, this one.
  std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) row[j] = std::min(row[j], before[j - 2] + 1);
    }
    if (*std::min_element(row.begin(), row.end()) > most) return most + 1;
    before.swap(last);
    last.swap(row);
  }
  return std::min(last[b.size()], most + 1);
}

}  // namespace

std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t most) {
  return distance_between(folded_characters(a), folded_characters(b), most);
}

std::optional<Endings> endings_of(std::string_view a, std::string_view b) {
  const auto x = folded_characters(a), y = folded_characters(b);
  const auto [x_end, y_end] = std::mismatch(x.begin(), x.end(), y.begin(), y.end());
  const bool both_end = x_end != x.end() && y_end != y.end();
  const auto is_letter = [](UChar32 c) { return u_isalpha(c) != 0; };
  const Endings endings{static_cast<std::size_t>(x_end - x.begin()),
                        static_cast<std::size_t>(std::max(x.end() - x_end, y.end() - y_end))};
  if (endings.same < kLeastBeginning + (both_end ? 1 : 0) || !std::all_of(x_end, x.end(), is_letter) ||
      !std::all_of(y_end, y.end(), is_letter))
    return std::nullopt;
  return endings;
}

bool are_written_alike(std::string_view a, std::string_view b) {
  const auto endings = endings_of(a, b);
  return endings && 2 * endings->longest <= endings->same;
}

std::vector<std::string> nearest_names(std::string_view name, std::span<const std::string> names, std::size_t most) {
  const auto wanted = folded_characters(name);
  const std::size_t reach = std::max<std::size_t>(1, wanted.size() / 3);
  std::vector<std::pair<std::size_t, const std::string*>> found;
  for (const std::string& candidate : names) {
    const auto characters = folded_characters(candidate);
    std::size_t distance = distance_between(wanted, characters, reach);
    const bool begins = wanted.size() >= 3 && characters.size() > wanted.size() &&
                        std::equal(wanted.begin(), wanted.end(), characters.begin());
    if (distance <= reach || begins) found.emplace_back(std::min(distance, reach), &candidate);
  }
  std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<std::string> nearest;
  for (const auto& [distance, candidate] : found) {
    if (nearest.size() == most) break;
    if (std::find(nearest.begin(), nearest.end(), *candidate) == nearest.end()) nearest.push_back(*candidate);
  }
  return nearest;
}

std::string did_you_mean(std::span<const std::string> names) {
  if (names.empty()) return {};
  if (names.size() == 1) return fmt::format("; did you mean {}?", names.front());
  return fmt::format("; did you mean {} or {}?", fmt::join(names.first(names.size() - 1), ", "), names.back());
}

}  // namespace noema::base
