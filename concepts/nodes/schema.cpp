#include "concepts/nodes/schema.h"

#include <algorithm>
#include <utility>

#include "concepts/description.h"
#include "concepts/nodes.h"
#include "concepts/nodes/inside.h"
#include "concepts/nodes/record.h"

namespace noema::concepts {

bool Schema::may_fill(ConceptId unit) const { return std::binary_search(fillers.begin(), fillers.end(), unit); }

std::uint32_t Schema::length(const NodesView& nodes) const { return nodes[fixed].length + 1; }

void Schema::add_units(const NodesView& nodes, ConceptId, std::vector<ConceptId>& units) const {
  nodes.add_units(fixed, units);
}

std::string Schema::written(const NodesView& nodes, const Commonness& commonness) const {
  return nodes.written(first(), commonness) + written_inside(nodes, second(), commonness);
}

double Schema::bits(ConceptId id) const { return schema_bits(id); }

std::string Schema::canonical_name(const CanonicalName& name_of) const {
  const std::string before = name_of(first());
  return before + '\x1b' + name_of(second());
}

bool Schema::fits(const NodesView& nodes, ConceptId id) const {
  const auto is_part = [&](ConceptId part) { return part > 0 && part < id; };
  return is_part(fixed) && is_part(slot) && nodes[slot].is<Category>() && !nodes[fixed].is<Category>() &&
         std::all_of(fillers.begin(), fillers.end(), is_part) && std::is_sorted(fillers.begin(), fillers.end());
}

std::vector<ConceptId> Schema::named() const {
  std::vector<ConceptId> named = fillers;
  named.insert(named.end(), {first(), second()});
  return named;
}

void Schema::enter(Nodes& nodes, ConceptId id) const {
  nodes.add_whole(fixed, id);
  nodes.add_whole(slot, id);
  nodes.add_pair(first(), second(), id);
  for (const ConceptId filler : fillers) {
    const auto [left, right] = filled_with(filler);
    nodes.add_slot_or_sense_use(filler, 1);
    nodes.add_pair(left, right, id);
    nodes.add_spelling(left, right, id);
  }
}

void Schema::leave(Nodes& nodes, ConceptId id) const {
  nodes.remove_pair(first(), second(), id);
  for (const ConceptId filler : fillers) {
    const auto [left, right] = filled_with(filler);
    nodes.remove_pair(left, right, id);
    nodes.remove_spelling(left, right, id);
    nodes.add_slot_or_sense_use(filler, -1);
  }
  nodes.remove_whole(fixed, id);
  nodes.remove_whole(slot, id);
}

void Schema::save(NodeRecord& record, bool active) const {
  save_parts(record, parts(), active);
  if (!fillers.empty()) record.details["members"] = fillers;
}

bool Schema::describes(const NodeRecord& record) { return record.kind == kName; }

Schema Schema::load(const NodeRecord& record) {
  const std::vector<ConceptId> parts = parts_of(record);
  return {parts[0], parts[1], false, record.details.value("members", std::vector<ConceptId>{}), {}};
}

void Schema::resolve(const NodesView& nodes) {
  if (slot_first || fixed >= nodes.size() || !nodes[fixed].is<Category>()) return;
  std::swap(fixed, slot);
  slot_first = true;
}

}  // namespace noema::concepts
