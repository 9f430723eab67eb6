#pragma once
// estimate: choose the concentrations of L anew, from the counts.

#include "reasoning/thought.h"

namespace noema::reasoning::thoughts {

/// Operands: one integer field for each concentration (concepts/description.h), by its name.
const ThoughtKind& estimate();

/// Concentrations as such fields, and back. Throws base::Error for fields that are none or out of range.
Operands fields_of(const concepts::Concentrations& concentrations);
concepts::Concentrations concentrations_in(const Operands& fields);

/// The concentrations of format 1: eight integers, each + 64, in the order of their declaration (of early lives four:
/// the others keep their defaults). Throws base::Error.
concepts::Concentrations concentrations_of_format1(const std::vector<std::int64_t>& coded);

}  // namespace noema::reasoning::thoughts
