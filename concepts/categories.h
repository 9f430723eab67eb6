#pragma once
// Which category concepts lie in: numbers, heights and moves.

#include <cstdint>
#include <span>
#include <vector>

#include "concepts/nodes.h"

namespace noema::concepts {

class Categories {
 public:
  /// Active categories.
  std::size_t size() const { return categories_; }
  /// Concepts and categories that lie in a category.
  std::size_t memberships() const { return memberships_; }
  /// What all memberships cost together, in bits.
  double bits() const;
  /// What L(graph) saves with so many more memberships and categories.
  double gain(std::int64_t more_memberships, std::int64_t more_categories) const;

  /// Counts a category that was added, or one that goes.
  void count(std::int64_t categories) { categories_ += static_cast<std::size_t>(categories); }
  /// Counts the membership of a concept that begins (1) or ceases (-1) to be a concept of its own.
  void count_membership(const Node& node, int sign) { memberships_ += node.category != 0 ? sign : 0; }
  /// Enters in the nodes that `id` lies in a category, or (0) in none.
  void move(Nodes& nodes, ConceptId id, ConceptId category);

 private:
  std::size_t categories_ = 0;
  std::size_t memberships_ = 0;
};

/// Height of a category, 0 for any other node.
std::uint32_t height_of(const Nodes& nodes, ConceptId id);
/// Height of a new category of these two.
std::uint32_t height_over(const Nodes& nodes, ConceptId a, ConceptId b);
/// Height of new categories, one for each part, below `category` or, if that is 0, topmost. It leaves room below a
/// category for categories of its members, and above it for categories of categories. 0: there is no room.
std::uint32_t height_of_parts(const Nodes& nodes, ConceptId category, std::span<const std::vector<ConceptId>> parts);
/// The category in which a node's concept lies; 0 if none.
inline ConceptId category_of(const Nodes& nodes, ConceptId node) { return nodes[nodes.concept_of(node)].category; }
/// The categories of a node's concept, from the lowest up.
std::vector<ConceptId> categories_of(const Nodes& nodes, ConceptId node);
/// True for an active category.
bool is_category(const Nodes& nodes, ConceptId id);

}  // namespace noema::concepts
