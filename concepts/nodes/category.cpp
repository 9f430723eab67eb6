#include "concepts/nodes/category.h"

#include <algorithm>

#include "concepts/description.h"
#include "concepts/nodes.h"
#include "concepts/nodes/record.h"

namespace noema::concepts {

/// Its most common members in braces.
std::string Category::written(const NodesView& nodes, const Commonness& commonness) const {
  constexpr std::size_t kShown = 4;
  std::vector<std::pair<std::uint64_t, ConceptId>> ordered;
  for (const ConceptId member : members) ordered.emplace_back(~commonness(member), member);
  std::sort(ordered.begin(), ordered.end());
  std::string shown;
  for (std::size_t i = 0; i < std::min(kShown, ordered.size()); ++i) {
    if (i > 0) shown += '|';
    shown += nodes.label_of(ordered[i].second, commonness);
  }
  return " {" + shown + (ordered.size() > kShown ? "|..}" : "}");
}

double Category::bits(ConceptId) const { return category_bits(); }

/// The first of its members' names, and its height.
std::string Category::canonical_name(const CanonicalName& name_of) const {
  std::string made;
  for (const ConceptId member : members)
    if (const std::string& name = name_of(member); made.empty() || name < made) made = name;
  return made + '\x1e' + std::to_string(height);
}

bool Category::fits(const NodesView&, ConceptId) const { return height > 0; }

void Category::save(NodeRecord& record, bool) const {
  record.details["height"] = height;
  if (!members.empty()) record.details["members"] = members;
}

bool Category::describes(const NodeRecord& record) { return record.kind == kName; }

/// Its members name it as their category; the list is made of that.
Category Category::load(const NodeRecord& record) { return {record.details.value("height", 1U), {}}; }

}  // namespace noema::concepts
