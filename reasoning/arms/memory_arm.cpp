#include "reasoning/arms/memory_arm.h"

#include "reasoning/arms/core_arm.h"

namespace noema::reasoning {

ArmKind memory_arm() {
  ArmKind kind = core_kind({.graph = true, .stored_thoughts = false, .thinks = false});
  kind.name = "memory";
  kind.help = "noema's stores, with every input kept and no thought ever";
  return kind;
}

}  // namespace noema::reasoning
