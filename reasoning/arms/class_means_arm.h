#pragma once
// Nearest class mean: an item is of the class whose mean lies nearest.

#include "reasoning/arms/arm.h"

namespace noema::reasoning {

ArmKind class_means_arm();

}  // namespace noema::reasoning
