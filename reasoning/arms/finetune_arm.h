#pragma once
// Naive fine-tuning: a network that learns from what comes and does nothing against forgetting.

#include "reasoning/arms/arm.h"

namespace noema::reasoning {

ArmKind finetune_arm();

}  // namespace noema::reasoning
