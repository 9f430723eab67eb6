#pragma once
// Rules: facts of one kind that follow from others along a path ("whoever somebody's mother is married to is somebody's
// father"). A rule is found by counting where the path leads for the facts that were told, and infers facts that were
// not. Bottom-up path rules as in AnyBURL (Meilicke et al. 2019), weighed by the bits that they save.

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "concepts/facts/links.h"

namespace noema::concepts::facts {

/// From a thing to what a kind of fact says of it or, inverse, to the thing of which it says this.
struct Step {
  std::uint32_t kind = 0;
  bool is_inverse = false;
  // NOLINTNEXTLINE(modernize-use-nullptr): it takes <=> for a null
  auto operator<=>(const Step&) const = default;
};

/// What `path` leads to from a thing is what `kind` says of it.
struct Rule {
  std::uint32_t kind = 0;
  std::vector<Step> path = {};
  std::uint32_t holds = 0;  ///< told facts that it gives rightly,
  std::uint32_t fails = 0;  ///< and things for which it gives another value than was told
  double confidence() const { return (holds + 0.5) / (holds + fails + 1.0); }
};

/// A fact that nobody told.
struct Inferred {
  Thing value = 0;
  std::uint32_t rule = 0;
  std::vector<Fact> chain = {};  ///< the facts along the path
};

/// The kinds of fact: the relations, and each other link of a template of so many sentences. Rules speak of those that
/// were told four times.
std::vector<Relation> kinds_of_fact(const Told& told, std::span<const Relation> relations, std::size_t least_told = 4);

/// Rules of one or two steps that save more bits than they cost, the surest first for each kind. O(kinds x facts looked
/// at x steps from a thing); all three are bounded (rules.cpp), so that natural text costs no more than it is worth.
std::vector<Rule> find_rules(const Told& told, std::span<const Relation> kinds);

/// What the surest rule that leads anywhere says of the thing; nothing if none does.
std::optional<Inferred> infer(const Told& told, std::span<const Relation> kinds, std::span<const Rule> rules,
                              std::uint32_t kind, Thing subject, std::uint32_t sentences = kNow);

}  // namespace noema::concepts::facts
