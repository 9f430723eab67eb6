#pragma once
// Arms that translate: told pairs one by one, they translate each source before they are told its target.

#include "reasoning/arms/arm.h"
#include "reasoning/pairs/pair_mixture.h"

namespace noema::reasoning {

/// What all arms that take pairs have: `beam`, and what makes the learner. `parts` says which experts speak.
ArmKind pair_kind(std::string name, std::string help);
std::unique_ptr<Learner> pair_arm(const ArmSpec& spec, ArmHost& host, PairMixtureOptions parts, bool thinks = false);

}  // namespace noema::reasoning
