#pragma once
// Nearest neighbours among dense concept vectors: an index for large graphs and the exact search it is tested against.

#include <memory>
#include <span>
#include <vector>

#include "concepts/association.h"

namespace noema::concepts {

class Neighbours {
 public:
  virtual ~Neighbours() = default;
  /// Adds or replaces the vector [width] of a concept; it is normalised, a zero vector is ignored.
  virtual void put(ConceptId id, std::span<const float> vector) = 0;
  /// The k concepts with the largest cosine to `query` [width], best first.
  virtual std::vector<Scored> nearest(std::span<const float> query, std::size_t k) const = 0;
};

/// Compares with every vector: O(n width).
std::unique_ptr<Neighbours> exact_neighbours(std::size_t width);

/// Hierarchical navigable small world (Malkov & Yashunin 2018): about O(log n) a query, approximate, the same for the
/// same order of insertions and seed.
std::unique_ptr<Neighbours> indexed_neighbours(std::size_t width, std::uint64_t seed);

}  // namespace noema::concepts
