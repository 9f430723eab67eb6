#pragma once
// k-nearest-neighbour machine translation (Khandelwal et al. 2021), its interpolation learned online.

#include "reasoning/arms/arm.h"

namespace noema::reasoning {

ArmKind knn_arm();

}  // namespace noema::reasoning
