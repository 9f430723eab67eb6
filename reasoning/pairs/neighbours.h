#pragma once
// The told moments that are most like the present one (k-nearest-neighbour machine translation, Khandelwal et al.
// 2021).

#include "reasoning/pairs/pair_expert.h"

namespace noema::reasoning {

PairExpertKind neighbours_expert();

}  // namespace noema::reasoning
