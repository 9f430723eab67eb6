#pragma once
// What lies near a concept along all links of the graph: activation that spreads from it, and the shortest way to
// another. Both go by shares. A link weighs as much as what was perceived supports it, and its share is its part of the
// weight of all links of a concept; so a concept that is linked with everything passes little on to each.

#include <cstdint>
#include <string_view>
#include <vector>

#include "concepts/association.h"

namespace noema::concepts {

/// What a neighbour is to a concept.
enum class Role { kAfter, kBefore, kPart, kWhole, kCategory, kMember, kUnit, kSense, kAssociate };
std::string_view name_of(Role role);

struct Link {
  ConceptId to = 0;
  Role role = Role::kAfter;  ///< of several between the same two concepts the one that weighs most
  double share = 0;          ///< of the weight of all links of the concept
};

/// The links of a concept by ascending id of the neighbour, at most the `most` that weigh most; their shares sum to 1.
/// What stands beside it weighs the nats that the pair saves over chance, n ln(n N / (n(u) n(v))), or nothing if chance
/// explains it; another link weighs the mentions that stand on it. O(cells of the concept's row and column).
std::vector<Link> links_of(const GraphView& graph, ConceptId concept_id, std::size_t most = 1024);

struct SpreadOptions {
  std::uint32_t steps = 2;
  double decay = 0.5;        ///< share of its activation that a concept passes on in the next step
  std::size_t links = 1024;  ///< of a concept, the ones that weigh most
  std::size_t beam = 256;    ///< concepts that pass activation on in a step, the most active ones
};

/// Spreading activation (Collins & Loftus 1975): the start has 1, and each step passes a share of what came in the step
/// before on along the links. A concept's score is the sum of what came over all steps; best first, ties by id, without
/// the start. Bounded by the options but for the rows that are read.
std::vector<Scored> spread(const GraphView& graph, ConceptId start, const SpreadOptions& options = {});
/// The same over all links of all concepts, with a dense vector a step: the reference for tests. O(steps graph).
std::vector<Scored> spread_exact(const GraphView& graph, ConceptId start, std::uint32_t steps, double decay);

struct WayStep {
  ConceptId id = 0;
  Role role = Role::kAfter;  ///< what it is to the concept before it; of no meaning for the first
  double bits = 0;           ///< -log2 of the link's share; 0 for the first
};

/// The way from one concept to another that takes the fewest bits to tell, each concept being named among the links of
/// the one before; both ends included. Empty if no links lead there. Dijkstra's algorithm (Boost.Graph): O(relations
/// nearer than the end, times the logarithm of their number).
std::vector<WayStep> shortest_way(const GraphView& graph, ConceptId from, ConceptId to, std::size_t links = 1024);

}  // namespace noema::concepts
