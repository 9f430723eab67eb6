#pragma once
// Which concepts occur in like company. The dimensions of a concept's association vector are the concepts that it
// occurs with, so every new concept is a new dimension for all others. Vectors answer queries and propose thoughts;
// whether a thought is made, L decides.

#include <span>
#include <vector>

#include "concepts/graph_view.h"

namespace noema::concepts {

/// A concept with a score, larger is better.
struct Scored {
  ConceptId id = 0;
  double score = 0;
};

/// Sparse vector: dimension 2 c for "c comes before", 2 c + 1 for "c comes after", ascending, with positive pointwise
/// mutual information ln(n(u, v) N / (n(u) n(v)^.75 N^.25)) as value (context exponent: Levy & Goldberg 2015, eq. 3).
struct AssociationVector {
  std::vector<std::pair<std::uint64_t, double>> entries;
  double norm = 0;
};

struct AssociationOptions {
  std::size_t max_entries = 1024;    ///< of a vector: the neighbours with the largest counts
  std::size_t contexts = 48;         ///< strongest contexts through which candidates are found
  std::size_t max_fan = 1024;        ///< contexts with more neighbours than this propose none: they say too little
  std::size_t max_candidates = 256;  ///< concepts that are compared exactly
  std::size_t places = 512;          ///< occurrences that a window association looks at
  std::uint32_t radius = 5;          ///< of a window, in units to either side
  double evidence = 12;              ///< a concept with n occurrences has its similarity scaled by n / (n + evidence)
};

AssociationVector association(const GraphView& graph, ConceptId concept_id, const AssociationOptions& options = {});

/// The same over a window instead of the nearest neighbours: dimension c for the concept of a unit within `radius`
/// units, on either side, nearer ones counting more; from the most recent `places` of the concept's units, whatever
/// mentions they lie in. O(places radius).
AssociationVector window_association(const GraphView& graph, ConceptId concept_id,
                                     const AssociationOptions& options = {});

/// Cosine of two association vectors; 0 if either is empty. O(entries).
double cosine(const AssociationVector& a, const AssociationVector& b);

/// Concepts that share contexts with `concept_id`, weighted by how telling the contexts are: proposals, most promising
/// first. Bounded by the options, whatever the size of the graph.
std::vector<Scored> sharing_contexts(const GraphView& graph, ConceptId concept_id,
                                     const AssociationOptions& options = {});

/// The k concepts most similar in both kinds of association, among those that share contexts: the mean of the two
/// cosines, scaled down where the evidence is thin. Ties by id.
std::vector<Scored> similar(const GraphView& graph, ConceptId concept_id, std::size_t k,
                            const AssociationOptions& options = {});

/// The same by comparing with every concept: the reference for tests, O(graph).
std::vector<Scored> similar_exact(const GraphView& graph, ConceptId concept_id, std::size_t k,
                                  const AssociationOptions& options = {});

}  // namespace noema::concepts
