#pragma once
// The whole mind: stores, concepts, and thinking between experiences.

#include "reasoning/arms/arm.h"

namespace noema::reasoning {

ArmKind noema_arm();

}  // namespace noema::reasoning
