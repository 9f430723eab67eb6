#pragma once
// The copy of the transformer that goes on learning: it predicts every unit, and where there is one it spells what the
// other experts leave to their escape.

#include "reasoning/experts/expert.h"

namespace noema::reasoning {

ExpertKind learned_transformer_expert();

}  // namespace noema::reasoning
