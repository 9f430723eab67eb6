#pragma once
// The kinds of thought: one line each.

#include <span>
#include <string_view>

#include "reasoning/thought.h"

namespace noema::reasoning {

/// All kinds, in the order in which they notice and in which equal suggestions are examined.
std::span<const ThoughtKind* const> thought_kinds();

/// The kind of this name, or null.
const ThoughtKind* find_kind(std::string_view name);
/// The same; throws base::Error, naming the kinds there are, for an unknown name.
const ThoughtKind& kind_named(std::string_view name);
/// Its place in thought_kinds().
std::size_t rank_of(const ThoughtKind& kind);

}  // namespace noema::reasoning
