#pragma once
// Relations in SQL: what is the same for one that is matched once and for those of a walk.

#include <string>
#include <vector>

#include "app/patterns/branches.h"

namespace noema::app::patterns {

/// The conditions that make rows of the view, under this alias, what the edge asks for.
std::vector<std::string> relation_conditions(const EdgeReading& reading, const std::string& alias);
/// A relation's value while its view is a table of the SELECT. `is_read`: its JSON object is wanted.
Value relation_value(const EdgeReading& reading, const std::string& alias, bool is_read);
/// Whether one relation could be matched by both.
bool can_be_same(const EdgeReading& a, const EdgeReading& b);
/// Two relations of one SELECT are not the same.
std::string differ(const RelationKind& kind, const std::string& a, const std::string& b);

}  // namespace noema::app::patterns
