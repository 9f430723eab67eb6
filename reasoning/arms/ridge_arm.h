#pragma once
// Random features with ridge regression, as in RanPAC (McDonnell et al. 2023).

#include "reasoning/arms/arm.h"

namespace noema::reasoning {

ArmKind ridge_arm();

}  // namespace noema::reasoning
