#pragma once
// Streams of pairs that learners are told one by one, and the pairs that their model is trained on.

#include <cstdint>
#include <string>
#include <vector>

#include "reasoning/experience.h"

namespace noema::experiments {

struct ToldPairs {
  std::vector<reasoning::ToldPair> train;  ///< what a model may be trained on: nothing that is told
  std::vector<reasoning::ToldPair> told;   ///< in the order in which they are told
  std::size_t left_out = 0;                ///< pairs left out of `train`, as one of their sides is told too
};

/// Takes out of `train` every pair one of whose sides is that of a told pair, or of one that is `withheld`; counts
/// them.
void leave_out_told(ToldPairs& pairs, const std::vector<reasoning::ToldPair>& withheld);

/// SHA-256 over both parts, in order.
std::string hash_of(const ToldPairs& pairs);

}  // namespace noema::experiments
