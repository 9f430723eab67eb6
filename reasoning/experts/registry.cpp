#include "reasoning/experts/registry.h"

#include "reasoning/experts/fading_counts.h"
#include "reasoning/experts/follower_counts.h"
#include "reasoning/experts/learned_transformer.h"
#include "reasoning/experts/matches.h"
#include "reasoning/experts/state_cache.h"
#include "reasoning/experts/told_facts.h"
#include "reasoning/experts/transformer.h"

namespace noema::reasoning {

const std::vector<ExpertKind>& expert_kinds() {
  static const std::vector<ExpertKind> kinds{
      transformer_expert(),          // first
      state_cache_expert(),          //
      fading_counts_expert(),        //
      follower_counts_expert(),      //
      matches_expert(),              //
      learned_transformer_expert(),  //
      told_facts_expert(),
  };
  return kinds;
}

std::vector<std::string> voice_names() {
  std::vector<std::string> names;
  for (const ExpertKind& kind : expert_kinds()) names.insert(names.end(), kind.voices.begin(), kind.voices.end());
  return names;
}

}  // namespace noema::reasoning
