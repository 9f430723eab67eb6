#pragma once
// What a source's units stood for in told pairs, and its units themselves where they are copied.

#include "reasoning/pairs/pair_expert.h"

namespace noema::reasoning {

PairExpertKind correspondences_expert();

}  // namespace noema::reasoning
