#pragma once
// withdraw: a person takes back an input. What it told is no longer known, and recall does not give it; the log and the
// counts of what follows what keep it.

#include "reasoning/thought.h"

namespace noema::reasoning::thoughts {

/// Operands: input (the episode that holds it, or its first piece).
const ThoughtKind& withdraw();
Operands withdraw_of(std::int64_t input);
/// The input of such operands. Throws base::Error if they name none.
std::int64_t withdrawn_in(const Operands& operands);

}  // namespace noema::reasoning::thoughts
