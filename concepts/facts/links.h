#pragma once
// Links: how a template says something of a thing. A set of links that say the same kind of thing is a relation.

#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "concepts/facts/told.h"

namespace noema::concepts::facts {

/// In sentences of `form`, slot `value` says something of slot `subject`; with a condition, only where slot `where` is
/// filled by `is` ("the _ of _ is called _" says who the mother is only where the first slot is "mother").
struct Link {
  TemplateId form = 0;
  std::uint32_t subject = 0;
  std::uint32_t value = 0;
  std::optional<std::uint32_t> where = std::nullopt;
  Thing is = 0;
  auto operator<=>(const Link&) const = default;
};

using Relation = std::vector<Link>;

struct Fact {
  std::uint32_t sentence = 0;
  Link link;
  Thing value = 0;
};

bool holds(const Told& told, std::uint32_t sentence, const Link& link);

/// The newest of the first `sentences` sentences that says of `subject` what the links say, or nothing.
/// O(links), and O(mentions of the subject) for links with conditions.
std::optional<Fact> newest_fact(const Told& told, std::span<const Link> links, Thing subject,
                                std::uint32_t sentences = ~std::uint32_t{0});

/// All of them, ascending.
std::vector<Fact> facts_of(const Told& told, std::span<const Link> links, Thing subject);

}  // namespace noema::concepts::facts
