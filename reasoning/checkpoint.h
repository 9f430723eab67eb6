#pragma once
// The life's checkpoint: what was computed from its log, kept so that opening a life is quick.

#include <memory>
#include <string>
#include <string_view>

#include "concepts/graph.h"
#include "memory/life.h"
#include "reasoning/meaning.h"
#include "reasoning/thinker.h"
#include "transformer/predictive_copy.h"

namespace noema::reasoning {

/// State key: the number of suggestions that are examined after each input (0: none), so that a replay takes the same
/// ones from the agenda.
inline constexpr std::string_view kThinkAfterInputs = "think_after_inputs";

/// State key: the number of suggestions taken from the agenda since its anchor, so that thinking that was killed goes
/// on where it was.
inline constexpr std::string_view kTaken = "taken";

/// State keys: the first attached episode, its position in the stream, and the number of ids given; and the numbers of
/// concepts and relations, so that they can be said without loading the graph, and of units of the stream, for which
/// loading makes room.
inline constexpr std::string_view kAttached = "attached";
inline constexpr std::string_view kCounts = "counts";

/// Key in a life's options: it was made with random weights, of the preset that is its value.
inline constexpr std::string_view kFromBirth = "from_birth";

/// State keys: the life's predictive copy (PredictiveCopy::state, empty for none), the copy before the last
/// consolidation and that thought's number, and the number of inputs when it was last practised.
inline constexpr std::string_view kPredictive = "predictive";
inline constexpr std::string_view kPredictiveBefore = "predictive_before";
inline constexpr std::string_view kPredictiveBeforeOf = "predictive_before_of";
inline constexpr std::string_view kPractisedAt = "practised_at";

/// Loads the checkpoint and applies the log after it. meaning may be null. The graph's layers take their parameters by
/// name and count the episodes that are attached again: a layer without a state in the checkpoint starts with its
/// default parameters. The state of a layer that the graph does not have stays in the life as it is. Throws base::Error
/// if checkpoint and log do not fit.
void load_graph(const memory::Life& life, concepts::Graph& graph, Thinker& thinker, Meaning* meaning);

/// Writes what changed since the last time (or `all`) as the checkpoint of everything logged so far.
void save_graph(memory::Life& life, concepts::Graph& graph, const Thinker& thinker, const Meaning& meaning,
                const std::string& predictor_state, bool all = false);

/// The life's predictive copy, or null if it never consolidated. The model is the life's and must outlive it.
std::unique_ptr<transformer::PredictiveCopy> load_copy(const memory::Life& life, const transformer::Model& model,
                                                       const transformer::OnlineOptions& options = {});
/// The number of inputs when the life last practised; 0: it never did.
std::uint64_t practised_at(const memory::Life& life);

}  // namespace noema::reasoning
