#include "reasoning/arms/translator_arm.h"

#include "reasoning/arms/pair_arm.h"

namespace noema::reasoning {

ArmKind translator_arm() {
  ArmKind kind = pair_kind("translator", "the translator as it was trained");
  kind.make = [](const ArmSpec& spec, ArmHost& host) { return pair_arm(spec, host, {}); };
  return kind;
}

}  // namespace noema::reasoning
