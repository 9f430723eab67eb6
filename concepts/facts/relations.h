#pragma once
// Finds relations in what was told, before any question is asked. Links belong to one relation if they have the same
// kind of subject and of value, and give a subject one value: no two of them tell of the same subject, as independent
// links would, or where they do, they tell the same. A link that nearly always comes after such a telling, with another
// value, tells changes, and belongs to the relation as well.

#include <vector>

#include "concepts/facts/links.h"

namespace noema::concepts::facts {

/// Relations of at least two links. O(links^2 x subjects).
std::vector<Relation> find_relations(const Told& told);

}  // namespace noema::concepts::facts
