#pragma once
// Learning without forgetting (Li & Hoiem 2016): on new items the network should go on saying of the earlier classes
// what it said before the task.

#include "reasoning/arms/arm.h"

namespace noema::reasoning {

ArmKind lwf_arm();

}  // namespace noema::reasoning
