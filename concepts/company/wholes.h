#pragma once
// Wholes: runs of units that have a name of their own because the life is told shorter with it. "New York", a word of
// several characters, a phrase. A whole has two parts, each a unit or a whole, so wholes contain wholes.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "concepts/company/company.h"

namespace noema::concepts::company {

/// Number of a unit or of a whole: the units first, then the wholes.
using Part = std::uint32_t;
inline constexpr Part kNoPart = ~Part{0};

struct WholeUnit {
  UnitNames names;
  std::uint64_t occurrences = 0;  ///< outside wholes
};

struct Whole {
  Part left = 0, right = 0;       ///< both below its own number
  std::uint64_t occurrences = 0;  ///< as itself, outside larger wholes
  double saving = 0;              ///< bits an occurrence: the shortest telling by other parts, less its own
};

/// What a text takes.
struct TextBits {
  double by_wholes = 0;  ///< of its shortest telling
  double by_units = 0;   ///< of its units, with the counts that units have where there are no wholes
};

/// The parts with their unigram code: a part with n of N occurrences takes log2(N / n) bits. A text is told by those
/// parts that make it shortest (Viterbi 1967), as in the lexicons of de Marcken (1996).
class Wholes {
 public:
  Wholes() = default;
  /// Throws base::Error if a part is not below its whole, or a whole has more than 255 units.
  Wholes(std::vector<WholeUnit> units, std::vector<Whole> wholes);
  Wholes(Wholes&&) = default;
  Wholes& operator=(Wholes&&) = default;

  const std::vector<WholeUnit>& units() const { return units_; }
  const std::vector<Whole>& wholes() const { return wholes_; }
  bool is_whole(Part part) const { return part >= units_.size() && part != kNoPart; }
  const Whole& whole(Part part) const { return wholes_[part - units_.size()]; }
  /// kNoPart if no unit is told apart so.
  Part find(std::string_view identity) const;
  /// Units of a part; 1 for kNoPart.
  std::size_t length(Part part) const { return part < lengths_.size() ? lengths_[part] : 1; }
  /// The units of a part, in order.
  std::vector<Part> spelled(Part part) const;
  /// How a part is written: its first unit's label, the others as they are written behind another unit.
  std::string label(Part part) const;

  /// Bits of one occurrence. A part that never stands by itself counts as half an occurrence.
  double bits(Part part) const { return bits_[part]; }
  /// What a unit costs on average when a text is told by units alone.
  double bits_a_unit() const { return bits_a_unit_; }
  /// Whether naming the whole saves at least half of what a unit costs: it is more than parts that often meet.
  bool is_named(Part part) const { return is_whole(part) && whole(part).saving >= bits_a_unit_ / 2; }

  /// The parts that tell these units shortest: all parts, all but one, or units and the wholes that are named alone.
  /// O(units longest whole).
  std::vector<Part> shortest(std::span<const Part> units) const;
  std::vector<Part> shortest_without(std::span<const Part> units, Part without) const;
  std::vector<Part> shortest_named(std::span<const Part> units) const;
  /// Bits of a text, given by the identities of its units. A unit that was never met takes log2(N + units) bits and 8 a
  /// byte, in both ways.
  TextBits bits_of(std::span<const std::string> identities) const;

 private:
  void add_to_tree(Part part);
  template <typename Allowed>
  std::vector<Part> best_parts(std::span<const Part> units, const Allowed& allowed) const;

  std::vector<WholeUnit> units_;
  std::vector<Whole> wholes_;
  std::unordered_map<std::string_view, Part> numbers_;  // of identities, which lie in units_
  std::vector<std::size_t> lengths_;                    // of parts
  std::vector<double> bits_, unit_bits_;                // of parts; of units where no wholes are
  double bits_a_unit_ = 0, unknown_bits_ = 0;
  std::unordered_map<std::uint64_t, std::uint32_t> next_;  // of a prefix of wholes and a unit, the longer prefix
  std::vector<Part> ends_;                                 // of each prefix, the whole that it is
};

}  // namespace noema::concepts::company
