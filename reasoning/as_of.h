#pragma once
// A life as it was: what was known, believed and connected at a moment is the log up to it, replayed.

#include <filesystem>
#include <functional>
#include <stop_token>

#include "memory/life.h"
#include "reasoning/headings.h"

namespace noema::reasoning {

/// The log position up to which a life went at a moment; that of the last entry for one without time and input.
/// An input: that one, all its pieces, and what was thought before the next one came. A time: the last input told by
/// then and what was thought after it by then; inputs are taken to be in the order of their times. 0 before all inputs.
/// O(log inputs).
memory::Position position_as_of(const memory::Life& life, const AsOf& when);

struct ReplayEvents {
  std::function<void(double share)> progress = {};  ///< of the log that is replayed, 0 to 1
  std::stop_token stop = {};                        ///< ends it with base::Interrupted
};

/// Makes at `target` the life as it was when its log ended at `until`: same ids, same graph hash, with its checkpoint,
/// and what thinking finds to be so in these inputs, if it ever looked. What is not in the log is not there: vectors of
/// concepts, trained copies of the weights, the state of the experts, company and topics, what was fed from where. A
/// life with a budget holds what it held then, as letting go is in the log. O(log up to `until`).
memory::Life life_as_of(const memory::Life& life, memory::Position until, const std::filesystem::path& target,
                        const ReplayEvents& events = {});

}  // namespace noema::reasoning
