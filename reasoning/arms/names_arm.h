#pragma once
// noema's classes (concepts/names) alone: what a life learns from labels, without the life.

#include "reasoning/arms/arm.h"

namespace noema::reasoning {

ArmKind names_arm();

}  // namespace noema::reasoning
