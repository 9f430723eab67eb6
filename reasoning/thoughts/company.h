#pragma once
// Which concepts keep the same company as a concept: the partners that join compares by L.

#include <vector>

#include "concepts/association.h"
#include "reasoning/thought.h"

namespace noema::reasoning::thoughts {

/// Suggestions about a concept's company come after the pairs that promise much.
inline constexpr double kCompanyPriority = 0.01;

/// log2 of a category's mentions, and one more: what is mentioned more is worth an earlier look.
double grown(const concepts::Graph& graph, concepts::ConceptId category);

/// Concepts that share contexts with a concept (for a category: with its most frequent member), and concepts that are
/// associated with it, best first. Bounded.
std::vector<concepts::Scored> company_of(const concepts::Graph& graph, concepts::ConceptId id);

/// The best thought about a concept and its company: that it joins a category, makes one with another concept, or moves
/// (join), or that it leaves its category (leave); of the kinds that are allowed.
std::optional<Thought> examine_company(const concepts::Graph& graph, concepts::ConceptId id, const KindSet& allowed);

}  // namespace noema::reasoning::thoughts
