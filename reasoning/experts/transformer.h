#pragma once
// The transformer that read the line: it predicts every unit, and spells what the other experts do not know.

#include "reasoning/experts/expert.h"

namespace noema::reasoning {

ExpertKind transformer_expert();

}  // namespace noema::reasoning
