#pragma once
// What followed the last tokens of the target in told targets.

#include "reasoning/pairs/pair_expert.h"

namespace noema::reasoning {

PairExpertKind phrases_expert();

}  // namespace noema::reasoning
