#pragma once
// Exchange clustering: proposes how concepts divide into classes that are alike in what stands before and after them.
// It proposes only; L decides.

#include <span>
#include <vector>

#include "concepts/graph_view.h"

namespace noema::concepts {

struct ExchangeOptions {
  std::size_t classes = 16;
  int passes = 8;  ///< over all concepts, at most
};

/// Divides concepts (or categories) into at most `classes` parts. Each concept in turn moves to the part where the
/// likelihood of a class bigram model grows most (Kneser & Ney 1993; Martin, Liermann & Ney 1998), until fewer than one
/// in a hundred moves. The model counts each filled cell of a concept once, and each cell of a category by its
/// customers. A neighbour that is not in `concepts` belongs to the class of its category, which stays as it is. The
/// first parts go by frequency, so that nothing is random. Parts with fewer than two members are left out; the parts
/// come in the order of their commonest members, and members ascend.
/// O(passes x (cells + concepts x classes x neighbouring classes)).
std::vector<std::vector<ConceptId>> exchange(const GraphView& graph, std::span<const ConceptId> concepts,
                                             const ExchangeOptions& options);

/// The categories that a concept fits best, at most `most`, best first: those whose members make the categories of the
/// concept's neighbours likeliest, before it and after it. O(cells + categories x neighbouring categories).
std::vector<ConceptId> fitting_categories(const GraphView& graph, ConceptId id, std::size_t most);

/// The categories that lie in none. O(categories).
std::vector<ConceptId> topmost_categories(const GraphView& graph);

/// Concepts that lie in no category and are mentioned often, commonest first: found by following what follows what from
/// the boundary on, so that the cost is bounded whatever the size of the graph. At most `most`, with at least
/// `mentions` mentions each.
std::vector<ConceptId> common_concepts(const GraphView& graph, std::size_t most, std::uint64_t mentions);

}  // namespace noema::concepts
