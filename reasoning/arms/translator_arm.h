#pragma once
// The translator as it was trained, which learns nothing: what arms that are told pairs are compared with.

#include "reasoning/arms/arm.h"

namespace noema::reasoning {

ArmKind translator_arm();

}  // namespace noema::reasoning
