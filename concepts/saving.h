#pragma once
// What a node that thinking made saves in the life as it is: the ledger beside what its thought claimed.

#include <cstddef>
#include <optional>

#include "concepts/weighing.h"

namespace noema::concepts {

/// How many bits shorter L of what is attached is with this node, which thinking made, than if the inputs that mention
/// it were read without it: what it really saves, where its thought said what it would. What stands on it is counted
/// where the node itself is mentioned beside it, and nowhere else. Nothing for a unit, for a node that is a form of
/// another concept, and for one that occurs in more than `most_episodes` or a category of more cells than a thought may
/// move. O(episodes that mention it), or O(cells of its members).
std::optional<double> saved_bits(const GraphView& graph, ConceptId node, std::size_t most_episodes);

}  // namespace noema::concepts
