#pragma once
// Experience replay: a network that learns from what comes and from a sample of what came before (Chaudhry et al.
// 2019, "On tiny episodic memories in continual learning").

#include "reasoning/arms/arm.h"

namespace noema::reasoning {

ArmKind replay_arm();

}  // namespace noema::reasoning
