#include "concepts/nodes/sense.h"

#include <algorithm>

#include "concepts/description.h"
#include "concepts/nodes.h"
#include "concepts/nodes/record.h"

namespace noema::concepts {

std::string Sense::written(const NodesView& nodes, const Commonness& commonness) const {
  return nodes.written(unit, commonness);
}

double Sense::bits(ConceptId id) const { return split_bits(id, neighbours.size()); }

std::string Sense::canonical_name(const CanonicalName& name_of) const {
  std::string made = name_of(unit) + (side == Side::kBefore ? '\x1d' : '\x1c');
  std::vector<std::string> names;
  for (const ConceptId neighbour : neighbours) names.push_back(name_of(neighbour));
  std::sort(names.begin(), names.end());
  for (const std::string& name : names) made += name;
  return made;
}

bool Sense::fits(const NodesView& nodes, ConceptId id) const {
  const auto is_unit = [&](ConceptId one) { return one < id && nodes[one].is<Unit>(); };
  return unit > 0 && is_unit(unit) && !neighbours.empty() &&
         std::all_of(neighbours.begin(), neighbours.end(), is_unit) &&
         std::is_sorted(neighbours.begin(), neighbours.end());
}

std::vector<ConceptId> Sense::named() const {
  std::vector<ConceptId> named = neighbours;
  named.push_back(unit);
  return named;
}

void Sense::enter(Nodes& nodes, ConceptId id) const {
  nodes.add_sense(unit, id);
  for (const ConceptId neighbour : neighbours) nodes.add_slot_or_sense_use(neighbour, 1);
}

void Sense::leave(Nodes& nodes, ConceptId id) const {
  nodes.remove_sense(unit, id);
  for (const ConceptId neighbour : neighbours) nodes.add_slot_or_sense_use(neighbour, -1);
}

void Sense::save(NodeRecord& record, bool) const {
  record.details["origin"] = unit;
  record.details["side"] = static_cast<int>(side);
  if (!neighbours.empty()) record.details["members"] = neighbours;
}

bool Sense::describes(const NodeRecord& record) {
  return record.kind == kName && record.details.value("origin", ConceptId{0}) != 0;
}

Sense Sense::load(const NodeRecord& record) {
  return {record.details.value("origin", ConceptId{0}), static_cast<Side>(record.details.value("side", 0)),
          record.details.value("members", std::vector<ConceptId>{})};
}

}  // namespace noema::concepts
