#pragma once
// Relations found from what was told alone, before any question: links of the same kind of subject and value that never
// tell of one subject both (which independent links would), and links that tell a change of what they told.

#include <vector>

#include "concepts/facts/links.h"

namespace noema::concepts::facts {

/// Relations of at least two links. O(links^2 x subjects).
std::vector<Relation> find_relations(const Told& told);

}  // namespace noema::concepts::facts
