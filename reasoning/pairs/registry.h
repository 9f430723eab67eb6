#pragma once
// The pair experts there are.

#include "reasoning/pairs/pair_expert.h"

namespace noema::reasoning {

const std::vector<PairExpertKind>& pair_expert_kinds();
/// Null for an unknown name.
const PairExpertKind* find_pair_expert(std::string_view name);

}  // namespace noema::reasoning
