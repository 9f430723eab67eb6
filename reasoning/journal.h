#pragma once
// The journal: how thoughts are written into the life's log and read back. The one place where a Thought becomes a row
// and a row a Thought.

#include "memory/life.h"
#include "reasoning/thought.h"

namespace noema::reasoning {

/// The row of a settled thought that is about to be applied to this graph. Evidence: some of the inputs in which it
/// occurs, or the account's. after_episode: the life's last input.
memory::ThoughtRow row_of(const concepts::Graph& graph, const Thought& thought, double time,
                          memory::EpisodeId after_episode);

/// The thought that a row holds; throws base::Error for a kind that this program does not know, or damaged columns.
Thought thought_of(const memory::ThoughtRow& row);

}  // namespace noema::reasoning
