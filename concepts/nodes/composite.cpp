#include "concepts/nodes/composite.h"

#include <fmt/format.h>

#include "base/error.h"
#include "concepts/description.h"
#include "concepts/nodes.h"
#include "concepts/nodes/inside.h"
#include "concepts/nodes/record.h"

namespace noema::concepts {

std::uint32_t Composite::length(const NodesView& nodes) const { return nodes[first].length + nodes[second].length; }

void Composite::add_units(const NodesView& nodes, ConceptId, std::vector<ConceptId>& units) const {
  nodes.add_units(first, units);
  nodes.add_units(second, units);
}

std::string Composite::written(const NodesView& nodes, const Commonness& commonness) const {
  return nodes.written(first, commonness) + written_inside(nodes, second, commonness);
}

double Composite::bits(ConceptId id) const { return composite_bits(id); }

std::string Composite::canonical_name(const CanonicalName& name_of) const {
  const std::string before = name_of(first);
  return before + name_of(second);
}

bool Composite::fits(const NodesView& nodes, ConceptId id) const {
  const auto is_part = [&](ConceptId part) { return part > 0 && part < id && nodes.traits(part).may_be_part; };
  return is_part(first) && is_part(second);
}

void Composite::enter(Nodes& nodes, ConceptId id) const {
  nodes.add_whole(first, id);
  if (second != first) nodes.add_whole(second, id);
  nodes.add_pair(first, second, id);
  nodes.add_spelling(first, second, id);
}

void Composite::leave(Nodes& nodes, ConceptId id) const {
  nodes.remove_pair(first, second, id);
  nodes.remove_spelling(first, second, id);
  nodes.remove_whole(first, id);
  if (second != first) nodes.remove_whole(second, id);
}

void Composite::save(NodeRecord& record, bool active) const { save_parts(record, parts(), active); }

bool Composite::describes(const NodeRecord& record) { return record.kind == kName; }

Composite Composite::load(const NodeRecord& record) {
  const std::vector<ConceptId> parts = parts_of(record);
  return {parts[0], parts[1], {}};
}

std::vector<ConceptId> parts_of(const NodeRecord& record) {
  std::vector<ConceptId> parts =
      record.parts.empty() ? record.details.value("parts", std::vector<ConceptId>{}) : record.parts;
  if (parts.size() != 2)
    throw base::Error(fmt::format("concept {} of the checkpoint is a {} of {} parts, expected 2; run `noema check`",
                                  record.id, record.kind, parts.size()));
  return parts;
}

void save_parts(NodeRecord& record, const std::vector<ConceptId>& parts, bool active) {
  if (active)
    record.parts = parts;
  else
    record.details["parts"] = parts;  // they may have faded since
}

}  // namespace noema::concepts
