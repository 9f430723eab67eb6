#include "concepts/nodes/unit.h"

#include <algorithm>

#include "concepts/description.h"
#include "concepts/nodes.h"
#include "concepts/nodes/record.h"

namespace noema::concepts {

/// The most frequent surface, the earliest one if several are.
std::string Unit::written(const NodesView&, const Commonness&) const {
  const auto best = std::max_element(surfaces.begin(), surfaces.end(),
                                     [](const auto& a, const auto& b) { return a.second < b.second; });
  return best == surfaces.end() ? label : best->first;
}

double Unit::bits(ConceptId) const { return sense_bits(label.size()); }

std::string Unit::canonical_name(const CanonicalName&) const { return label + '\x1f'; }

bool Unit::fits(const NodesView& nodes, ConceptId) const { return !label.empty() && !nodes.find(label); }

void Unit::enter(Nodes& nodes, ConceptId id) const { nodes.add_identity(label, id); }

void Unit::leave(Nodes& nodes, ConceptId) const { nodes.remove_identity(label); }

std::uint64_t Unit::content_bytes() const {
  constexpr std::uint64_t kIdentityBytes = 64;  // an entry of the map by identity
  std::uint64_t bytes = senses.size() * sizeof(ConceptId) + kIdentityBytes + 2 * label.size();
  for (const auto& surface : surfaces) bytes += sizeof(surface) + surface.first.size();
  return bytes;
}

void Unit::save(NodeRecord& record, bool) const {
  record.label = label;
  record.surfaces = surfaces;
}

bool Unit::describes(const NodeRecord& record) {
  return record.kind == kName && record.details.value("origin", ConceptId{0}) == 0;
}

Unit Unit::load(const NodeRecord& record) {
  Unit unit;
  unit.label = record.label;
  unit.surfaces = record.surfaces;
  return unit;
}

}  // namespace noema::concepts
