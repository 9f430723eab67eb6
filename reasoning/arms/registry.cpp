#include "reasoning/arms/registry.h"

#include "reasoning/arms/cache_arm.h"
#include "reasoning/arms/class_means_arm.h"
#include "reasoning/arms/dynamic_arm.h"
#include "reasoning/arms/ewc_arm.h"
#include "reasoning/arms/finetune_arm.h"
#include "reasoning/arms/finetuned_arm.h"
#include "reasoning/arms/joint_arm.h"
#include "reasoning/arms/knn_arm.h"
#include "reasoning/arms/lesion_arm.h"
#include "reasoning/arms/lwf_arm.h"
#include "reasoning/arms/memory_arm.h"
#include "reasoning/arms/names_arm.h"
#include "reasoning/arms/noema_arm.h"
#include "reasoning/arms/replay_arm.h"
#include "reasoning/arms/ridge_arm.h"
#include "reasoning/arms/slda_arm.h"
#include "reasoning/arms/static_arm.h"
#include "reasoning/arms/told_arm.h"
#include "reasoning/arms/translator_arm.h"

namespace noema::reasoning {

const std::vector<ArmKind>& arm_kinds() {
  static const std::vector<ArmKind> kinds{
      static_arm(),       //
      cache_arm(),        //
      dynamic_arm(),      //
      memory_arm(),       //
      lesion_arm(),       //
      noema_arm(),        //
      names_arm(),        //
      class_means_arm(),  //
      slda_arm(),         //
      ridge_arm(),        //
      finetune_arm(),     //
      ewc_arm(),          //
      lwf_arm(),          //
      replay_arm(),       //
      joint_arm(),        //
      translator_arm(),   //
      knn_arm(),          //
      finetuned_arm(),    //
      told_arm(),         //
  };
  return kinds;
}

const ArmKind* find_arm(std::string_view name) {
  for (const ArmKind& kind : arm_kinds())
    if (kind.name == name) return &kind;
  return nullptr;
}

}  // namespace noema::reasoning
