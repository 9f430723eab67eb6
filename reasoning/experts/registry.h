#pragma once
// The experts that the mixture knows.

#include <vector>

#include "reasoning/experts/expert.h"

namespace noema::reasoning {

/// All experts, the transformer first: it spells what the others leave to their escape, and cannot be left out.
const std::vector<ExpertKind>& expert_kinds();

/// Names of all voices in the order in which they are mixed.
std::vector<std::string> voice_names();

}  // namespace noema::reasoning
