#pragma once
// Meaning by company: a concept's association vector has other concepts as its dimensions, so every new concept is a
// new dimension for all. It serves queries and proposes thoughts; it never decides one (L does).

#include <span>
#include <vector>

#include "concepts/graph.h"

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
  std::size_t max_entries = 1024;    ///< by count, the rest is left out
  std::size_t contexts = 48;         ///< strongest contexts through which candidates are found
  std::size_t max_fan = 1024;        ///< contexts that go with more concepts than this say too little to propose by
  std::size_t max_candidates = 256;  ///< compared exactly
  std::size_t places = 512;          ///< of a window association
  std::uint32_t radius = 5;          ///< units
  double evidence = 12;              ///< mentions worth of doubt: similarity is scaled by n / (n + evidence)
};

AssociationVector association(const Graph& graph, ConceptId concept_id, const AssociationOptions& options = {});

/// The same over a window instead of the nearest neighbours: dimension c for the concept of a unit within `radius`
/// units, on either side, nearer ones counting more; from the most recent `places` of the concept's units, whatever
/// mentions they lie in. O(places radius).
AssociationVector window_association(const Graph& graph, ConceptId concept_id, const AssociationOptions& options = {});

/// Cosine of two association vectors; 0 if either is empty. O(entries).
double cosine(const AssociationVector& a, const AssociationVector& b);

/// Concepts that share contexts with `concept_id`, weighted by how telling the contexts are: proposals, most promising
/// first. Bounded by the options, whatever the size of the graph.
std::vector<Scored> sharing_contexts(const Graph& graph, ConceptId concept_id, const AssociationOptions& options = {});

/// The k concepts most similar in both kinds of association, among those that share contexts: the mean of the two
/// cosines, scaled down where the evidence is thin. Ties by id.
std::vector<Scored> similar(const Graph& graph, ConceptId concept_id, std::size_t k,
                            const AssociationOptions& options = {});

/// The same by comparing with every concept: the reference for tests, O(graph).
std::vector<Scored> similar_exact(const Graph& graph, ConceptId concept_id, std::size_t k,
                                  const AssociationOptions& options = {});

struct SpreadOptions {
  int steps = 2;
  double decay = 0.5;    ///< share of activation passed on in a step
  std::size_t fan = 24;  ///< edges followed from one concept, strongest first
  std::size_t max_active = 256;
};

/// Spreading activation (Collins & Loftus 1975; Anderson 1983) from `seeds` over what precedes, what follows, parts and
/// forms, each concept dividing what it passes on by association strength. Seeds keep their activation. Best first.
/// Bounded by the options.
std::vector<Scored> spread(const Graph& graph, std::span<const Scored> seeds, const SpreadOptions& options = {});

}  // namespace noema::concepts
