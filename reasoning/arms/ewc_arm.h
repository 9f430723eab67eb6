#pragma once
// Elastic weight consolidation (Kirkpatrick et al. 2017): weights that earlier tasks need are held where they were.

#include "reasoning/arms/arm.h"

namespace noema::reasoning {

ArmKind ewc_arm();

}  // namespace noema::reasoning
