#pragma once
// How a node is written behind another one.

#include <algorithm>
#include <cstdint>
#include <string>

#include "base/text.h"
#include "concepts/nodes.h"

namespace noema::concepts {

/// As it is written most often, but with the white space that often stands before its first unit. A word that mostly
/// begins a line has none there ("The" of "on the hill"). O(units + surfaces).
inline std::string written_inside(const NodesView& nodes, ConceptId id, const Commonness& commonness) {
  std::string text = nodes.written(id, commonness);
  if (base::begins_with_white_space(text)) return text;
  const ConceptId first = nodes.unit_of(nodes.units_of(id).front());
  const Unit* unit = nodes[first].as<Unit>();
  const std::string mostly = nodes.written(first, commonness);
  if (unit == nullptr || !text.starts_with(mostly)) return text;
  const std::pair<std::string, std::uint32_t>* spaced = nullptr;
  std::uint64_t all = 0, with_space = 0;
  for (const auto& surface : unit->surfaces) {
    all += surface.second;
    if (!base::begins_with_white_space(surface.first)) continue;
    with_space += surface.second;
    if (spaced == nullptr || surface.second > spaced->second) spaced = &surface;
  }
  constexpr std::uint64_t kOften = 4;  // one time of so many
  if (spaced == nullptr || kOften * with_space < all) return text;
  return spaced->first + text.substr(mostly.size());
}

}  // namespace noema::concepts
