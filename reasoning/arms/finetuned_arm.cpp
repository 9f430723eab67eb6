#include "reasoning/arms/finetuned_arm.h"

#include "reasoning/arms/arm_spec.h"
#include "reasoning/arms/pair_arm.h"

namespace noema::reasoning {

ArmKind finetuned_arm() {
  ArmKind kind = pair_kind("finetuned", "a copy of the translator that learns each told pair by a step, alone");
  kind.options.push_back(base::Key{"rate", "of Adam", 1e-4, {1e-9, 1}});
  kind.make = [](const ArmSpec& spec, ArmHost& host) {
    PairMixtureOptions parts;
    parts.experts = {"copy"};
    parts.translator = false;
    parts.practises = false;
    parts.rate = spec.settings.number("rate");
    return pair_arm(spec, host, parts);
  };
  return kind;
}

}  // namespace noema::reasoning
