#include "concepts/categories.h"

#include <algorithm>

#include "concepts/description.h"

namespace noema::concepts {
namespace {
constexpr std::uint32_t kTopHeight = 64;
}

double Categories::bits() const { return memberships_bits(memberships_, categories_); }

double Categories::gain(std::int64_t more_memberships, std::int64_t more_categories) const {
  return bits() -
         memberships_bits(static_cast<std::uint64_t>(static_cast<std::int64_t>(memberships_) + more_memberships),
                          static_cast<std::uint64_t>(static_cast<std::int64_t>(categories_) + more_categories));
}

void Categories::move(Nodes& nodes, ConceptId id, ConceptId category) {
  const ConceptId before = nodes[id].category;
  if (before == category) return;
  if (nodes[id].redirect == id) memberships_ += static_cast<std::size_t>(category != 0) - (before != 0);
  if (before != 0) {
    std::erase(nodes.at(before).as<Category>()->members, id);
    nodes.touch(before);
  }
  nodes.at(id).category = category;
  if (category != 0) {
    auto& members = nodes.at(category).as<Category>()->members;
    members.insert(std::lower_bound(members.begin(), members.end(), id), id);
    nodes.touch(category);
  }
  nodes.touch(id);
}

std::uint32_t height_of(const Nodes& nodes, ConceptId id) {
  const Category* category = nodes[id].as<Category>();
  return category ? category->height : 0;
}

std::uint32_t height_over(const Nodes& nodes, ConceptId a, ConceptId b) {
  const std::uint32_t height = std::max(height_of(nodes, a), height_of(nodes, b));
  return height == 0 ? 1 : 2 * height;
}

std::uint32_t height_of_parts(const Nodes& nodes, ConceptId category, std::span<const std::vector<ConceptId>> parts) {
  if (category != 0) return height_of(nodes, category) / 2;
  std::uint32_t height = kTopHeight;
  for (const auto& part : parts)
    for (const ConceptId member : part) height = std::max(height, 2 * height_of(nodes, member));
  return height;
}

std::vector<ConceptId> categories_of(const Nodes& nodes, ConceptId node) {
  std::vector<ConceptId> categories;
  for (ConceptId up = nodes[nodes.concept_of(node)].category; up != 0; up = nodes[up].category)
    categories.push_back(up);
  return categories;
}

bool is_category(const Nodes& nodes, ConceptId id) { return nodes[id].active && nodes[id].is<Category>(); }

}  // namespace noema::concepts
