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
  // NOLINTNEXTLINE(modernize-use-nullptr): it takes <=> for a null
  auto operator<=>(const Link&) const = default;
};

using Relation = std::vector<Link>;

/// A link, the sentence in which it reads something, and the thing that it reads.
struct Fact {
  std::uint32_t sentence = 0;
  Link link;
  Thing value = 0;
};

/// Whether the sentence still stood when so many sentences had been told.
bool stands(const Told& told, std::uint32_t sentence, std::uint32_t sentences = kNow);

/// Whether the sentence, which must be described by the link's template, meets the link's condition.
bool holds(const Told& told, std::uint32_t sentence, const Link& link);

/// What the newest sentence says of `subject` that one of the links reads, among the first `sentences` sentences and
/// without those that were withdrawn by then (unless `with_withdrawn`); nothing if there is none. If several links read
/// that sentence, the first of them counts. O(links), and O(mentions of the subject) for links with conditions.
std::optional<Fact> newest_fact(const Told& told, std::span<const Link> links, Thing subject,
                                std::uint32_t sentences = kNow, bool with_withdrawn = false);

/// What the links read of `subject` as of then, in the order of the sentences, and of the links within a sentence; of
/// each link the newest `most` facts.
std::vector<Fact> facts_of(const Told& told, std::span<const Link> links, Thing subject, std::uint32_t sentences = kNow,
                           std::size_t most = SIZE_MAX);

}  // namespace noema::concepts::facts
