#pragma once
// noema with its concept graph kept empty, and all else the same.

#include "reasoning/arms/arm.h"

namespace noema::reasoning {

ArmKind lesion_arm();

}  // namespace noema::reasoning
