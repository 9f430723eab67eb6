// Concepts put into categories: what it would gain, and doing it.

#include "base/error.h"
#include "base/numbers.h"
#include "concepts/description.h"
#include "concepts/graph.h"

namespace noema::concepts {

/// Whether a concept or category can be moved at a bounded cost.
bool Graph::can_move(ConceptId id) const {
  const Node& node = nodes_[id];
  return id != kBoundary && node.active && nodes_.traits(id).may_move && node.redirect == id &&
         statistics().next(id).size() + statistics().previous(id).size() <= options_.max_cells;
}

std::optional<Graph::Proposal> Graph::propose_category(ConceptId a, ConceptId b) const {
  if (a == b) return std::nullopt;
  for (const ConceptId id : {a, b})
    if (!can_move(id) || nodes_[id].category != 0) return std::nullopt;
  const auto made = static_cast<ConceptId>(nodes_.size());
  GraphChange change;
  change.heights.emplace_back(made, height_over(nodes_, a, b));
  change.categories = {{a, made}, {b, made}};
  return Proposal{-growth_bits(change) - category_bits() + categories_.gain(2, 1), {}};
}

std::optional<Graph::Proposal> Graph::propose_division(ConceptId category,
                                                       std::span<const std::vector<ConceptId>> parts) const {
  if (parts.size() < (category == 0 ? 1 : 2)) return std::nullopt;
  if (category != 0 && !is_category(nodes_, category)) return std::nullopt;
  const std::uint32_t height = height_of_parts(nodes_, category, parts);
  if (height == 0) return std::nullopt;
  GraphChange change;
  auto made = static_cast<ConceptId>(nodes_.size());
  std::int64_t memberships = 0;
  for (const std::vector<ConceptId>& part : parts) {
    change.heights.emplace_back(made, height);
    if (category != 0) change.categories.emplace_back(made, category);
    for (const ConceptId member : part) {
      if (!can_move(member) || nodes_[member].category != category || height_of(nodes_, member) >= height)
        return std::nullopt;
      change.categories.emplace_back(member, made);
    }
    memberships += category == 0 ? static_cast<std::int64_t>(part.size()) : 1;
    ++made;
  }
  const auto count = static_cast<std::int64_t>(parts.size());
  return Proposal{
      -growth_bits(change) - static_cast<double>(count) * category_bits() + categories_.gain(memberships, count), {}};
}

std::optional<Graph::Proposal> Graph::propose_membership(ConceptId id, ConceptId category) const {
  const Node& node = nodes_[id];
  if (!can_move(id) || node.category == category) return std::nullopt;
  if (category != 0 && (!is_category(nodes_, category) || height_of(nodes_, category) <= height_of(nodes_, id)))
    return std::nullopt;
  GraphChange change;
  change.categories.emplace_back(id, category);
  return Proposal{-growth_bits(change) + categories_.gain((category != 0) - (node.category != 0), 0), {}};
}

void Graph::set_category(ConceptId id, ConceptId category) {
  if (nodes_[id].category == category) return;
  base::check(category == 0 || (is_category(nodes_, category) && height_of(nodes_, category) > height_of(nodes_, id)),
              "a concept lies in an active category above it");
  if (nodes_[id].redirect == id) {
    GraphChange change;
    change.categories.emplace_back(id, category);
    apply(change);
  }
  categories_.move(nodes_, id, category);
  ++version_;
}

ConceptId Graph::add_category(std::uint32_t height, std::uint64_t thought) {
  Node node;
  node.kind = Category{height, {}};
  node.made_by = thought;
  return add_node(std::move(node));
}

ConceptId Graph::categorise(ConceptId a, ConceptId b, std::uint64_t thought) {
  const ConceptId made = add_category(height_over(nodes_, a, b), thought);
  set_category(a, made);
  set_category(b, made);
  return made;
}

ConceptId Graph::divide(ConceptId category, std::span<const std::vector<ConceptId>> parts, std::uint64_t thought) {
  const auto first = static_cast<ConceptId>(nodes_.size());
  const std::uint32_t height = height_of_parts(nodes_, category, parts);
  for (const std::vector<ConceptId>& part : parts) {
    const ConceptId made = add_category(height, thought);
    set_category(made, category);
    for (const ConceptId member : part) set_category(member, made);
  }
  return first;
}

void Graph::unite(ConceptId first, std::size_t parts) {
  for (ConceptId id = first; id < first + parts; ++id) {
    base::check(is_category(nodes_, id) && nodes_[id].wholes.empty(),
                "only active categories that fill no slot are united");
  }
  for (ConceptId id = first; id < first + parts; ++id) {
    const std::vector<ConceptId> members = nodes_[id].as<Category>()->members;
    for (const ConceptId member : members) set_category(member, nodes_[id].category);
    set_category(id, 0);
    dissolve(id);
  }
}

}  // namespace noema::concepts
