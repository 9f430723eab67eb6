#pragma once
// The stores of noema: every input is kept, and no thought is ever had.

#include "reasoning/arms/arm.h"

namespace noema::reasoning {

ArmKind memory_arm();

}  // namespace noema::reasoning
