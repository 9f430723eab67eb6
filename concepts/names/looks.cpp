#include "concepts/names/looks.h"

#include <algorithm>

#include "base/error.h"
#include "base/text.h"

namespace noema::concepts::names {
namespace {

constexpr Part kEdge = 1;
constexpr std::size_t kSide = 4;  ///< of a square of pixels

/// FNV-1a, 64 bits (Fowler, Noll & Vo).
Part part_of(std::string_view text) {
  Part hash = 14695981039346656037ULL;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  return hash;
}

/// The finalizer of splitmix64 (Steele et al. 2014) over both; the order matters.
Part joined(Part a, Part b) {
  Part x = a * 0x9e3779b97f4a7c15ULL + b;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
  return x ^ (x >> 31);
}

/// Where the characters of valid UTF-8 begin, and its end.
std::vector<std::size_t> character_bounds(std::string_view text) {
  std::vector<std::size_t> bounds;
  for (std::size_t i = 0; i < text.size(); ++i)
    if (!base::continues_character(text[i])) bounds.push_back(i);
  bounds.push_back(text.size());
  return bounds;
}

void add_spellings(const std::string& unit, Parts& spellings) {
  constexpr std::size_t kShortest = 3, kLongest = 5;
  const std::string edged = '\n' + unit + '\n';  // no unit inside a line holds a line feed
  const std::vector<std::size_t> bounds = character_bounds(edged);
  for (std::size_t length = kShortest; length <= kLongest; ++length)
    for (std::size_t i = 0; i + length < bounds.size(); ++i)
      spellings.push_back(part_of(std::string_view(edged).substr(bounds[i], bounds[i + length] - bounds[i])));
}

/// Squares of side x side pixels that lie `apart` from each other, at every place. The place of a square is told by the
/// field that its corner lies in, so that what is drawn a little aside has the same parts; a field has each kind once.
void add_patches(const std::vector<bool>& ink, std::size_t width, std::size_t apart, Parts& patches) {
  constexpr std::size_t kField = 6;
  const std::size_t extent = (kSide - 1) * apart + 1, height = ink.size() / width;
  for (std::size_t top = 0; top + extent <= height; ++top)
    for (std::size_t left = 0; left + extent <= width; ++left) {
      Part pattern = 1;
      for (std::size_t y = 0; y < kSide; ++y)
        for (std::size_t x = 0; x < kSide; ++x)
          pattern = pattern << 1 | Part{ink[(top + y * apart) * width + left + x * apart]};
      patches.push_back(joined(top / kField * width + left / kField, pattern));
    }
  std::sort(patches.begin(), patches.end());
  patches.erase(std::unique(patches.begin(), patches.end()), patches.end());
}

}  // namespace

std::string_view name_of(Aspect aspect) {
  constexpr std::array<std::string_view, kAspects> kNames{"units",     "neighbours", "nearby",
                                                          "spellings", "patches",    "wide patches"};
  return kNames.at(static_cast<std::size_t>(aspect));
}

Looks looks_of_text(std::span<const std::string> units) {
  Looks looks;
  Parts& own = looks.of(Aspect::kUnits);
  for (const std::string& unit : units) {
    own.push_back(part_of(unit));
    add_spellings(unit, looks.of(Aspect::kSpellings));
  }
  for (std::size_t i = 0; i <= own.size() && !own.empty(); ++i)
    looks.of(Aspect::kNeighbours).push_back(joined(i == 0 ? kEdge : own[i - 1], i == own.size() ? kEdge : own[i]));
  for (std::size_t i = 0; i < own.size(); ++i)
    for (std::size_t j = i + 2; j < std::min(own.size(), i + 4); ++j)
      looks.of(Aspect::kNearby).push_back(joined(own[i], own[j]));
  return looks;
}

Looks looks_of_values(std::span<const float> values, std::size_t width) {
  base::check(width == 0 || values.size() % width == 0, "looks_of_values: rows of different lengths");
  Looks looks;
  if (values.empty()) return looks;
  const auto [least, most] = std::minmax_element(values.begin(), values.end());
  const float middle = *least + (*most - *least) / 2;
  std::vector<bool> ink;
  for (const float value : values) ink.push_back(value > middle);
  if (width >= kSide && values.size() / width >= kSide) {
    add_patches(ink, width, 1, looks.of(Aspect::kPatches));
    add_patches(ink, width, 2, looks.of(Aspect::kWidePatches));
  } else {
    for (std::size_t i = 0; i < ink.size(); ++i) looks.of(Aspect::kUnits).push_back(joined(i, Part{ink[i]}));
  }
  return looks;
}

}  // namespace noema::concepts::names
