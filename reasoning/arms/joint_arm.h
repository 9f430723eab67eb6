#pragma once
// Joint training, the ceiling: a network trained from the beginning on all items at once. It does not learn
// continually.

#include "reasoning/arms/arm.h"

namespace noema::reasoning {

ArmKind joint_arm();

}  // namespace noema::reasoning
