#pragma once
// The transformer that goes on learning from what it reads: dynamic evaluation (Krause et al. 2018).

#include "reasoning/arms/arm.h"

namespace noema::reasoning {

ArmKind dynamic_arm();

}  // namespace noema::reasoning
