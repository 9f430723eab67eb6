#include "reasoning/arms/noema_arm.h"

#include "reasoning/arms/core_arm.h"

namespace noema::reasoning {

ArmKind noema_arm() {
  ArmKind kind = core_kind({.graph = true, .stored_thoughts = true, .thinks = true});
  kind.name = "noema";
  kind.help = "the whole: stores, concepts and thinking between experiences";
  kind.options.push_back(base::Key{
      "anew", "the graph is thought anew from its inputs, as where a kind of thought is left out", false, {}});
  return kind;
}

}  // namespace noema::reasoning
