#include "concepts/company/writing.h"

#include <algorithm>

#include "base/text.h"

namespace noema::concepts::company {
namespace {

bool inside_character(std::string_view text, std::size_t at) {
  return at < text.size() && base::continues_character(text[at]);
}

/// Bytes that both begin with.
std::size_t shared_beginning(std::string_view a, std::string_view b) {
  const auto [at_a, at_b] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
  auto length = static_cast<std::size_t>(at_a - a.begin());
  while (inside_character(a, length) || inside_character(b, length)) --length;
  return length;
}

/// Bytes that both end with.
std::size_t shared_end(std::string_view a, std::string_view b) {
  const auto [at_a, at_b] = std::mismatch(a.rbegin(), a.rend(), b.rbegin(), b.rend());
  auto length = static_cast<std::size_t>(at_a - a.rbegin());
  while (inside_character(a, a.size() - length)) --length;
  return length;
}

}  // namespace

std::optional<std::string> written_alike(std::string_view a, std::string_view b, std::string_view c) {
  const std::size_t beginning = shared_beginning(a, b), end = shared_end(a, b);
  const std::string_view shared = beginning >= end ? a.substr(0, beginning) : a.substr(a.size() - end);
  const std::size_t shorter = std::min(base::count_characters(a), base::count_characters(b));
  if (a == b || 2 * base::count_characters(shared) < shorter) return std::nullopt;
  const auto joined = [](std::string_view first, std::string_view second) { return std::string(first).append(second); };
  if (beginning >= end) {
    const std::string_view old = a.substr(beginning);
    if (!c.ends_with(old)) return std::nullopt;
    return joined(c.substr(0, c.size() - old.size()), b.substr(beginning));
  }
  const std::string_view old = a.substr(0, a.size() - end);
  if (!c.starts_with(old)) return std::nullopt;
  return joined(b.substr(0, b.size() - end), c.substr(old.size()));
}

}  // namespace noema::concepts::company
