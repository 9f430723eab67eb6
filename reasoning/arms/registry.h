#pragma once
// The arms that noema is compared with, and noema.

#include <string>
#include <string_view>
#include <vector>

#include "reasoning/arms/arm.h"

namespace noema::reasoning {

const std::vector<ArmKind>& arm_kinds();

/// Null for an unknown name.
const ArmKind* find_arm(std::string_view name);

}  // namespace noema::reasoning
