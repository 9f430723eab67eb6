#pragma once
// Naive fine-tuning of a translator: a step for each told pair, and nothing kept.

#include "reasoning/arms/arm.h"

namespace noema::reasoning {

ArmKind finetuned_arm();

}  // namespace noema::reasoning
