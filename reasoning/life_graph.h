#pragma once
// Between the life file and the graph: loading a checkpoint and replaying the log after it, saving, and taking thoughts
// back.

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "concepts/graph.h"
#include "memory/life.h"
#include "reasoning/meaning.h"
#include "reasoning/thinker.h"
#include "transformer/predictive_copy.h"

namespace noema::reasoning {

/// State key: how many suggestions are examined after each input (0: none), so that a replay takes the same from the
/// agenda.
inline constexpr std::string_view kThinkAfterInputs = "think_after_inputs";

/// Key in a life's options: it was made with random weights, of the preset that is its value.
inline constexpr std::string_view kFromBirth = "from_birth";

/// State keys: the life's predictive copy (PredictiveCopy::state, empty for none), the one before the last
/// consolidation and that thought's number, and how many inputs there were when it was last practised.
inline constexpr std::string_view kPredictive = "predictive";
inline constexpr std::string_view kPredictiveBefore = "predictive_before";
inline constexpr std::string_view kPredictiveBeforeOf = "predictive_before_of";
inline constexpr std::string_view kPractisedAt = "practised_at";

/// The life's predictive copy, or null if it never consolidated. The model is the life's and must outlive it.
std::unique_ptr<transformer::PredictiveCopy> load_copy(const memory::Life& life, const transformer::Model& model,
                                                       const transformer::OnlineOptions& options = {});
/// How many inputs there were when the life last practised; 0: it never did.
std::uint64_t practised_at(const memory::Life& life);

/// Loads the checkpoint and applies the log after it. meaning may be null. Throws base::Error if checkpoint and log do
/// not fit.
void load_graph(const memory::Life& life, concepts::Graph& graph, Thinker& thinker, Meaning* meaning);

/// Writes what changed since the last time (or `all`) as the checkpoint of everything logged so far.
void save_graph(memory::Life& life, concepts::Graph& graph, const Thinker& thinker, const Meaning& meaning,
                const std::string& predictor_state, bool all = false);

/// A later thought that stands on this one, or nothing.
std::optional<memory::ThoughtId> standing_on(const memory::Life& life, const concepts::Graph& graph,
                                             const memory::ThoughtRow& thought);

/// How the units of the life's episodes were written. The life must outlive it.
concepts::Past past_of(const memory::Life& life);

/// Undoes a thought in the graph. past: needed when inputs come back that were let go of.
void take_back(concepts::Graph& graph, const memory::ThoughtRow& thought, const concepts::Past& past);

/// What an input gives reason to keep: what was asked or taught, and labels that are concepts; at most a sixteenth of
/// what the life may hold. units: of the episode.
void protect(concepts::Graph& graph, const memory::Life& life, const memory::EpisodeRow& row,
             const std::vector<concepts::ConceptId>& units);

struct Replay {
  concepts::Graph graph;
  std::uint64_t episodes = 0;
  std::uint64_t thoughts = 0;
  std::uint64_t differences = 0;  ///< decisions that come out otherwise when made anew
  std::string first_difference;
};

/// The graph rebuilt from the log alone, without the checkpoint. recompute: attachments are made anew from the text,
/// and each thought's gain is weighed anew, and compared with what was logged. O(life).
Replay replay(const memory::Life& life, bool recompute);

/// The graph of all inputs and the first `thoughts` thoughts that still stand. O(life).
concepts::Graph graph_after(const memory::Life& life, std::uint64_t thoughts);

/// By how many bits L of a graph grows when the lines are attached to it: what L's own code makes of them.
double description_growth(concepts::Graph& graph, const std::vector<std::string>& lines);

/// The graph of the same inputs without any thought. thinker, if given, notices each, as when it was perceived;
/// after_each is called after every input.
void load_unthinking(const memory::Life& life, concepts::Graph& graph, Thinker* thinker = nullptr,
                     const std::function<void()>& after_each = {});

}  // namespace noema::reasoning
