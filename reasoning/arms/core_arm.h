#pragma once
// Arms that are minds, whole or with parts left out.

#include <memory>
#include <optional>
#include <stop_token>

#include "reasoning/arms/arm.h"
#include "reasoning/arms/arm_spec.h"
#include "reasoning/consolidation.h"
#include "reasoning/core.h"

namespace noema::reasoning {

/// How the core of an arm consolidates.
struct ArmPractice {
  Consolidation::Texts texts;  ///< of what the life stored; the arm itself keeps what it experiences
  std::uint64_t last = 0;      ///< inputs when the life last practised
  std::uint64_t seed = 1;
};

/// A mind without a file. practice: absent if it never consolidates. facts: what the life knows, to which it adds what
/// it experiences where it thinks; absent if it knows no facts. stop: asked while it thinks and practises.
std::unique_ptr<Learner> core_arm(const ArmSpec& spec, const std::shared_ptr<const transformer::Model>& model,
                                  std::unique_ptr<Core> core, std::optional<ArmPractice> practice = {},
                                  std::optional<concepts::facts::FactLayer> facts = {}, std::stop_token stop = {});

/// Options and maker of an arm that is a mind with these parts.
ArmKind core_kind(const CoreParts& parts);

}  // namespace noema::reasoning
