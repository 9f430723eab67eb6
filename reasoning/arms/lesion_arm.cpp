#include "reasoning/arms/lesion_arm.h"

#include "reasoning/arms/core_arm.h"

namespace noema::reasoning {

ArmKind lesion_arm() {
  ArmKind kind = core_kind({.graph = false, .stored_thoughts = true, .thinks = false});
  kind.name = "lesion";
  kind.help = "noema with the concept graph kept empty and all else the same";
  return kind;
}

}  // namespace noema::reasoning
