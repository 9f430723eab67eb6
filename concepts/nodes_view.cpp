#include "concepts/nodes_view.h"

#include <fmt/format.h>

#include <algorithm>

#include "concepts/description.h"
#include "concepts/node_keys.h"

namespace noema::concepts {
namespace {

constexpr std::uint64_t kPartsBytes = 32;  // an entry of the map by parts or by units

template <typename Map, typename Key>
std::optional<ConceptId> look_up(const Map& map, const Key& key) {
  const auto found = map.find(key);
  return found == map.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace

// --- Looking up ----------------------------------------------------------------------------------------------------

std::optional<ConceptId> NodesView::find(std::string_view identity) const {
  return look_up(by_identity_, std::string(identity));
}

std::optional<ConceptId> NodesView::joined(ConceptId first, ConceptId second) const {
  return look_up(by_parts_, pair_key(first, second));
}

std::vector<ConceptId> NodesView::forms_of(ConceptId id) const {
  std::vector<ConceptId> all{id};
  for (std::size_t i = 0; i < all.size(); ++i)
    all.insert(all.end(), table_[all[i]].forms.begin(), table_[all[i]].forms.end());
  return all;
}

void NodesView::add_units(ConceptId id, std::vector<ConceptId>& units) const {
  std::visit([&](const auto& kind) { kind.add_units(*this, id, units); }, (*this)[id].kind);
}

std::vector<ConceptId> NodesView::units_of(ConceptId id) const {
  std::vector<ConceptId> units;
  add_units(id, units);
  return units;
}

std::vector<ConceptId> NodesView::units_of(ConceptId first, ConceptId second) const {
  std::vector<ConceptId> units;
  add_units(first, units);
  add_units(second, units);
  return units;
}

/// True if these are a composite's or schema's units, one of the schema's fillers in its slot.
bool NodesView::has_units(ConceptId id, std::span<const ConceptId> units) const {
  const Node& node = (*this)[id];
  if (node.length != units.size()) return false;
  const Schema* schema = node.as<Schema>();
  if (!schema) return std::ranges::equal(units_of(id), units);
  return schema->may_fill(schema->slot_first ? units.front() : units.back()) &&
         std::ranges::equal(units_of(schema->fixed),
                            schema->slot_first ? units.subspan(1) : units.first(units.size() - 1));
}

std::vector<ConceptId> NodesView::contexts(std::span<const ConceptId> history) const {
  if (history.empty()) return {kBoundary};
  std::vector<ConceptId> found;
  const ConceptId last = history.back();
  const Unit* unit = (*this)[last].as<Unit>();
  const std::size_t longest = unit ? unit->longest_ending : 1;
  for (std::size_t length = std::min(longest, history.size()); length > 1; --length) {
    const auto tail = history.last(length);
    const auto candidate = look_up(by_units_, units_key(tail));
    if (candidate && has_units(*candidate, tail)) found.push_back(*candidate);
  }
  found.push_back(last);
  return found;
}

// --- Names and numbers ---------------------------------------------------------------------------------------------

std::string NodesView::written(ConceptId id, const Commonness& commonness) const {
  return std::visit([&](const auto& kind) { return kind.written(*this, commonness); }, (*this)[id].kind);
}

std::string NodesView::label_of(ConceptId id, const Commonness& commonness) const {
  const std::string label = written(id, commonness);
  const std::size_t start = label.find_first_not_of(' ');
  return start == std::string::npos ? label : label.substr(start);
}

double NodesView::bits(ConceptId id) const {
  const Node& node = (*this)[id];
  const double bits = std::visit([&](const auto& kind) { return kind.bits(id); }, node.kind);
  return node.redirect == id ? bits : bits + redirect_bits(id);
}

std::uint64_t NodesView::bytes() const {
  return table_.bytes() + charged_ + (by_parts_.size() + by_units_.size()) * kPartsBytes;
}

std::uint64_t NodesView::held_bytes() const {
  std::uint64_t bytes =
      table_.bytes() + released_.capacity() * sizeof(ConceptId) + (by_parts_.size() + by_units_.size()) * kPartsBytes;
  table_.for_each([&](std::size_t, const Node& node) {
    bytes += held_by(node) + node.positions.held_bytes();
    if (const Followers* followers = followers_in(node))
      bytes += followers->counts.held_bytes() - followers->counts.bytes();
  });
  return bytes;
}

// --- Checking ------------------------------------------------------------------------------------------------------

namespace {

bool lists(const std::vector<ConceptId>& ids, ConceptId id) {
  return std::find(ids.begin(), ids.end(), id) != ids.end();
}

/// What does not fit, or nothing.
std::optional<std::string> fault_of(const NodesView& nodes, ConceptId id) {
  const Node& node = nodes[id];
  const auto stands = [&](ConceptId other) { return nodes.holds(other) && nodes[other].active; };
  if (node.active)
    for (const ConceptId named : named_by(node))
      if (!stands(named)) return fmt::format("it is active and concept {}, which it is made of, is not", named);
  if (!nodes.holds(node.redirect)) return fmt::format("it is redirected to {}, which is gone", node.redirect);
  if (node.redirect != id) {
    if (node.redirect > id) return fmt::format("it is redirected to {}, which is younger", node.redirect);
    if (node.active && !stands(node.redirect))
      return fmt::format("it is redirected to {}, which is inactive", node.redirect);
    if (!lists(nodes[node.redirect].forms, id)) return fmt::format("concept {} does not list it", node.redirect);
    if (!node.active) return "it is inactive and redirected";
  }
  for (const ConceptId form : node.forms)
    if (!nodes.holds(form) || nodes[form].redirect != id) return fmt::format("its form {} is none", form);
  if (node.category != 0) {
    const Category* above = nodes.holds(node.category) ? nodes[node.category].as<Category>() : nullptr;
    const Category* own = node.as<Category>();
    if (!above || !nodes[node.category].active)
      return fmt::format("it lies in {}, which is no active category", node.category);
    if (above->height <= (own ? own->height : 0))
      return fmt::format("it lies in {}, which is no higher", node.category);
    if (!std::binary_search(above->members.begin(), above->members.end(), id))
      return fmt::format("category {} does not list it", node.category);
    if (!node.active) return "it is inactive and lies in a category";
  }
  if (const Category* own = node.as<Category>()) {
    if (!node.active && !own->members.empty()) return "it is inactive and has members";
    for (const ConceptId member : own->members)
      if (!nodes.holds(member) || nodes[member].category != id) return fmt::format("its member {} is none", member);
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> first_fault(const NodesView& nodes) {
  for (ConceptId id = 1; id < nodes.size(); ++id) {
    if (!nodes.holds(id)) continue;
    if (const auto fault = fault_of(nodes, id)) return fmt::format("concept {}: {}", id, *fault);
  }
  return std::nullopt;
}

}  // namespace noema::concepts
