#pragma once
// Exchange clustering: proposes how concepts divide into classes that are alike in what stands before and after them.
// It proposes only; L decides.

#include <span>
#include <vector>

#include "concepts/graph.h"

namespace noema::concepts {

struct ExchangeOptions {
  std::size_t classes = 16;
  int passes = 8;  ///< at most; it ends when hardly anyone moves
};

/// Divides concepts (or categories) into at most `classes` parts: each in turn goes where the likelihood of a class
/// bigram over the filled cells (of categories: their customers) grows most (Kneser & Ney 1993; Martin, Liermann & Ney
/// 1998), until hardly any moves. Whoever is not in `concepts` stands as its own category does. Starts by frequency, so
/// nothing is random. Parts with one member or none are left out; the rest come by their commonest member, members
/// ascending. O(passes x (cells + concepts x classes x neighbouring classes)).
std::vector<std::vector<ConceptId>> exchange(const Graph& graph, std::span<const ConceptId> concepts,
                                             const ExchangeOptions& options);

/// Categories in which a concept's neighbours would be expected most, at most `most`, best first: by what follows and
/// precedes the members of each. O(cells + categories x neighbouring categories).
std::vector<ConceptId> fitting_categories(const Graph& graph, ConceptId id, std::size_t most);

/// The categories that lie in none. O(categories).
std::vector<ConceptId> topmost_categories(const Graph& graph);

/// Concepts that lie in no category and are mentioned often, commonest first: found by following what follows what from
/// the boundary on, so that the cost is bounded whatever the size of the graph. At most `most`, with at least
/// `mentions` mentions each.
std::vector<ConceptId> common_concepts(const Graph& graph, std::size_t most, std::uint64_t mentions);

}  // namespace noema::concepts
