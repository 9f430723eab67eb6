#pragma once
// What is said together with a name: if all companies are told as "X and Sons", the templates hold "and Sons" and the
// fillers are X alone. The words are part of the name when they and this kind of thing imply each other.

#include <span>

#include "concepts/facts/told.h"

namespace noema::concepts::facts {

/// Words that stand before and after a name.
struct Affix {
  Words before = {};
  Words after = {};
  // NOLINTNEXTLINE(modernize-use-nullptr): it takes <=> for a null
  auto operator<=>(const Affix&) const = default;
  bool is_empty() const { return before.empty() && after.empty(); }
};

/// What is said with these things, which are of one kind: the constants that stand beside them nearly wherever they
/// were told, in three templates at least, if one of these constants is told hardly anywhere else ("and Sons", but not
/// the "." behind them). O(things x templates that they fill).
Affix said_with(const Told& told, std::span<const Thing> things);
/// The same of the newest things in a slot of a template.
Affix said_with(const Told& told, TemplateId form, std::uint32_t slot);
/// The same of a thing and what else fills the slot that it fills most often.
Affix said_with(const Told& told, Thing thing);

/// The constants beside a slot of a pattern, up to the next slot or the end; the nearest first.
Words constants_before(const Words& pattern, std::uint32_t slot);
Words constants_after(const Words& pattern, std::uint32_t slot);

/// The thing of these words, or that of some of them with which the others are said.
std::optional<Thing> thing_named(const Told& told, const Words& words);

}  // namespace noema::concepts::facts
