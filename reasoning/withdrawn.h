#pragma once
// Inputs that a person took back.

#include <map>
#include <optional>

#include "memory/life.h"

namespace noema::reasoning {

/// The withdrawals that stand: input -> when it was withdrawn, in seconds since 1970. O(withdrawals).
std::map<memory::EpisodeId, double> withdrawn_inputs(const memory::Life& life);

}  // namespace noema::reasoning
