#pragma once
// let_go: the oldest inputs leave the graph, so that the life keeps within its budget; their text stays in the file.

#include "reasoning/thought.h"

namespace noema::reasoning::thoughts {

/// Operands: first, until: the inputs first + 1 .. until go. Before: faded, a list of {id, label, redirect, category}:
/// the senses that fade with them.
const ThoughtKind& let_go();

/// The thought that applies a forgetting, settled: the graph is still as it was before it.
Thought letting_go_of(const concepts::Graph& graph, const concepts::Forgetting& forgetting);
/// The senses that faded with it.
std::vector<concepts::Faded> faded_in(const Thought& thought);

}  // namespace noema::reasoning::thoughts
