// Concepts put into categories, and taken out.

#include "base/error.h"
#include "concepts/graph.h"

namespace noema::concepts {

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
