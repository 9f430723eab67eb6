#pragma once
// The transformer alone: it never learns from what it reads.

#include "reasoning/arms/arm.h"

namespace noema::reasoning {

ArmKind static_arm();

}  // namespace noema::reasoning
