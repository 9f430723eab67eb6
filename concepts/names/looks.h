#pragma once
// What an input looks like: the parts it consists of, in several aspects. Classes are told apart by which parts their
// members have.

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace noema::concepts::names {

/// A part by its hash; two parts of one aspect are taken for one with probability 2^-64.
using Part = std::uint64_t;
using Parts = std::vector<Part>;

/// Ways to take an input apart. A text has the first four, an image the others.
enum class Aspect { kUnits, kNeighbours, kNearby, kSpellings, kPatches, kWidePatches };
inline constexpr std::size_t kAspects = 6;
std::string_view name_of(Aspect aspect);

struct Looks {
  std::array<Parts, kAspects> parts;

  const Parts& of(Aspect aspect) const { return parts[static_cast<std::size_t>(aspect)]; }
  Parts& of(Aspect aspect) { return parts[static_cast<std::size_t>(aspect)]; }
};

/// A text by the identities of its units (base::identities_in): the units; each with the next one, edges included; each
/// with the second and the third after it; and the runs of 3 to 5 characters in each unit between its edges.
/// O(characters).
Looks looks_of_text(std::span<const std::string> units);

/// An image [rows, width] row-major, or, with a width of 0, values without a neighbourhood. Values above the middle of
/// the least and the largest are ink. An image: squares of 4 x 4 pixels, adjacent ones and every second one, at every
/// place, each with the field of 6 x 6 pixels that it lies in, once a field. Otherwise, and where no square fits in:
/// each value's place, and whether it is ink. The width divides the number of values. O(values log values).
Looks looks_of_values(std::span<const float> values, std::size_t width);

}  // namespace noema::concepts::names
