#include "reasoning/pairs/registry.h"

#include "reasoning/pairs/correspondences_expert.h"
#include "reasoning/pairs/learned_copy.h"
#include "reasoning/pairs/neighbours.h"
#include "reasoning/pairs/phrases.h"

namespace noema::reasoning {

const std::vector<PairExpertKind>& pair_expert_kinds() {
  static const std::vector<PairExpertKind> kinds{
      neighbours_expert(),       //
      correspondences_expert(),  //
      phrases_expert(),          //
      learned_copy_expert(),     //
  };
  return kinds;
}

const PairExpertKind* find_pair_expert(std::string_view name) {
  for (const PairExpertKind& kind : pair_expert_kinds())
    if (kind.name == name) return &kind;
  return nullptr;
}

}  // namespace noema::reasoning
