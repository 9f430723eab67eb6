#pragma once
// The transformer mixed with a continuous cache over its last hidden states (Grave, Joulin & Usunier 2017).

#include "reasoning/arms/arm.h"

namespace noema::reasoning {

ArmKind cache_arm();

}  // namespace noema::reasoning
