#pragma once
// What a life learns from told pairs: the translator beside everything that keeps what it was told.

#include "reasoning/arms/arm.h"

namespace noema::reasoning {

ArmKind told_arm();

}  // namespace noema::reasoning
