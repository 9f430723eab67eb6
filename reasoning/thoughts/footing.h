#pragma once
// How kinds of thought say what they change and rely on (Footing), each facet by a name.

#include <vector>

#include "reasoning/thought.h"

namespace noema::reasoning::thoughts {

inline Facet existence_of(concepts::ConceptId id) { return {Facet::Of::kExistence, id}; }
inline Facet identity_of(concepts::ConceptId id) { return {Facet::Of::kIdentity, id}; }
inline Facet place_of(concepts::ConceptId id) { return {Facet::Of::kPlace, id}; }

/// Which node these units make.
Facet wording_of(const std::vector<concepts::ConceptId>& units);

/// The units of two nodes, one after the other.
std::vector<concepts::ConceptId> joined_units(const concepts::Graph& graph, concepts::ConceptId first,
                                              concepts::ConceptId second);

/// The wordings that a composite, or a schema with each of its fillers, takes.
std::vector<Facet> wordings_of(const concepts::Graph& graph, concepts::ConceptId first, concepts::ConceptId second,
                               const std::vector<concepts::ConceptId>& fillers);

/// True for a node that is there and active.
bool is_active(const concepts::Graph& graph, concepts::ConceptId id);

/// One of the nodes of the graph that are there and active, drawn uniformly; nothing if none is found in a few draws.
std::optional<concepts::ConceptId> draw_node(const concepts::Graph& graph, base::Rng& rng);
/// The same among categories.
std::optional<concepts::ConceptId> draw_category(const concepts::Graph& graph, base::Rng& rng);

}  // namespace noema::reasoning::thoughts
