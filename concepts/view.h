#pragma once
// The graph as Boost.Graph sees it: algorithms run over an adaptor, nothing is copied.

#include <vector>

#include "concepts/association.h"

namespace noema::concepts {

/// Concepts within `depth` steps of what follows `start`, breadth first, at most `most`. Steps leave a concept only
/// while it has at most `max_fan` successors, so that a view stays bounded. Boost's breadth-first search over the
/// adaptor.
std::vector<ConceptId> neighbourhood(const GraphView& graph, ConceptId start, int depth, std::size_t most,
                                     std::size_t max_fan = 4096);

/// PageRank (Page et al. 1999) of every concept over what follows what, best first, at most `most`. O(iterations *
/// cells): for reports, not for perceiving.
std::vector<Scored> most_central(const GraphView& graph, std::size_t most, int iterations = 20);

}  // namespace noema::concepts
