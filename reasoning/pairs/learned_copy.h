#pragma once
// A copy of the translator's weights that goes on learning from told pairs.

#include "reasoning/pairs/pair_expert.h"

namespace noema::reasoning {

PairExpertKind learned_copy_expert();

}  // namespace noema::reasoning
