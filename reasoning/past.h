#pragma once
// The life's inputs as units: how their text was written, and attaching them again.

#include <string>
#include <vector>

#include "base/text.h"
#include "concepts/graph.h"
#include "memory/life.h"

namespace noema::reasoning {

/// How the units of the life's episodes were written. The life must outlive it.
concepts::Past past_of(const memory::Life& life);

/// The units of a text, told apart by the rule and perceived by the graph: unknown ones are made.
std::vector<concepts::ConceptId> perceive_text(concepts::Graph& graph, base::Segmenter& segmenter,
                                               const std::string& text, base::IdentityRule rule = base::kPresentRule);

/// The concepts that an episode's row says its units were attached to.
std::vector<concepts::ConceptId> attachments_of(const memory::EpisodeRow& row);

/// Protects the concepts that an input gives reason to keep: those of questions, and labels; at most a sixteenth of
/// what the life may hold. row: with its log position; units: of the episode.
void protect(concepts::Graph& graph, const memory::Life& life, const memory::EpisodeRow& row,
             const std::vector<concepts::ConceptId>& units);

}  // namespace noema::reasoning
