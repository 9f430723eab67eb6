#pragma once
// What of an input answers a cue: of a paragraph the sentences that hold most of it.

#include <string>

#include "concepts/stream.h"
#include "reasoning/cue.h"

namespace noema::reasoning {

struct Passage {
  std::string text;
  double coverage = 0;  ///< as Cue::coverage() gives it
};

/// At most three sentences of an attached episode, one after another, that together hold most of the cue; the shortest
/// of equals, then the first. text: the episode's. A text whose units are not those of the episode is taken whole.
/// O(bytes, and sentences times parts of the cue).
Passage best_passage(const Cue& cue, const concepts::Stream& stream, std::uint32_t episode, const std::string& text);

}  // namespace noema::reasoning
