#pragma once
// The shapes of classes in one aspect: which parts the members of each class have, and how often. Each class is a
// restaurant of a Pitman-Yor process (Teh 2006) with one table a dish; all back off to one that counts in how many
// classes a part occurs (Kneser & Ney 1995), and that one to a part that nobody has met.

#include <array>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <span>
#include <unordered_map>
#include <utility>
#include <vector>

#include "concepts/names/looks.h"

namespace noema::concepts::names {

using ClassId = std::uint32_t;  ///< from 0 in the order of being told

class Shapes {
 public:
  /// Counts a member's parts for a class, and what they cost with each concentration before they were counted.
  void add(ClassId of, const Parts& parts);
  /// Takes back what add() counted of a member; costs stay.
  void remove(ClassId of, const Parts& parts);

  /// ratios[c] += ln P(parts | class c) - ln P(parts | no class in particular), for each class c < ratios.size().
  /// O(classes + classes that have the parts).
  void weigh(const Parts& parts, std::span<double> ratios) const;

  /// Whether members of the class had parts in this aspect.
  bool has(ClassId id) const { return of(id).parts > 0; }
  /// Whether any class has one of the parts.
  bool has_met(const Parts& parts) const;

  /// From the numbers of counts of one and of two: n1 / (n1 + 2 n2) (Ney, Essen & Kneser 1994), one half at first.
  double discount() const;
  /// Of a few that stand for selection, the one with which everything so far would have cost least.
  double concentration() const;

  std::uint64_t bytes() const;
  nlohmann::json save() const;
  /// Throws nlohmann::json::exception for what save() did not write.
  static Shapes load(const nlohmann::json& state);

 private:
  static constexpr std::array<double, 4> kConcentrations{1, 10, 100, 1000};
  struct Cell {
    ClassId of;
    std::uint32_t count;
  };
  struct Class {
    std::uint64_t parts = 0;  ///< of all members
    std::uint64_t kinds = 0;  ///< of parts
  };

  void count(ClassId of, Part part, std::int64_t change);
  Class of(ClassId id) const { return id < classes_.size() ? classes_[id] : Class{}; }
  /// P(part) where no class in particular is meant; cells: classes that have it.
  double base(std::size_t cells) const;
  std::size_t best_concentration() const;

  std::vector<Class> classes_;
  std::unordered_map<Part, std::vector<Cell>> cells_;  ///< by part, in the order of being met
  std::uint64_t cell_count_ = 0, ones_ = 0, twos_ = 0;
  std::array<double, kConcentrations.size()> nats_{};  ///< that the parts of members cost so far
};

}  // namespace noema::concepts::names
