#include "concepts/nodes.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/error.h"
#include "concepts/description.h"

namespace noema::concepts {
namespace {

std::uint64_t pair_key(ConceptId first, ConceptId second) { return (std::uint64_t{first} << 32) | second; }

std::uint64_t units_key(std::span<const ConceptId> units) {
  std::uint64_t hash = 0xcbf29ce484222325ULL;
  for (const ConceptId unit : units) hash = (hash ^ unit) * 0x9E3779B97F4A7C15ULL + (hash >> 29);
  return hash;
}

void insert_sorted(std::vector<ConceptId>& ids, ConceptId id) {
  ids.insert(std::lower_bound(ids.begin(), ids.end(), id), id);
}

void erase_sorted(std::vector<ConceptId>& ids, ConceptId id) {
  const auto found = std::lower_bound(ids.begin(), ids.end(), id);
  base::check(found != ids.end() && *found == id, "only what is listed is taken off a list");
  ids.erase(found);
}

template <typename Map, typename Key>
std::optional<ConceptId> look_up(const Map& map, const Key& key) {
  const auto found = map.find(key);
  return found == map.end() ? std::nullopt : std::optional(found->second);
}

template <typename Map, typename Key>
void erase_own(Map& map, const Key& key, ConceptId id) {
  const auto found = map.find(key);
  if (found != map.end() && found->second == id) map.erase(found);
}

}  // namespace

// --- Looking up ----------------------------------------------------------------------------------------------------

std::optional<ConceptId> Nodes::find(std::string_view identity) const {
  return look_up(by_identity_, std::string(identity));
}

std::optional<ConceptId> Nodes::joined(ConceptId first, ConceptId second) const {
  return look_up(by_parts_, pair_key(first, second));
}

std::vector<ConceptId> Nodes::forms_of(ConceptId id) const {
  std::vector<ConceptId> all{id};
  for (std::size_t i = 0; i < all.size(); ++i)
    all.insert(all.end(), table_[all[i]].forms.begin(), table_[all[i]].forms.end());
  return all;
}

void Nodes::add_units(ConceptId id, std::vector<ConceptId>& units) const {
  std::visit([&](const auto& kind) { kind.add_units(*this, id, units); }, (*this)[id].kind);
}

std::vector<ConceptId> Nodes::units_of(ConceptId id) const {
  std::vector<ConceptId> units;
  add_units(id, units);
  return units;
}

std::vector<ConceptId> Nodes::units_of(ConceptId first, ConceptId second) const {
  std::vector<ConceptId> units;
  add_units(first, units);
  add_units(second, units);
  return units;
}

/// True if these are a composite's or schema's units, one of the schema's fillers in its slot.
bool Nodes::has_units(ConceptId id, std::span<const ConceptId> units) const {
  const Node& node = (*this)[id];
  if (node.length != units.size()) return false;
  const Schema* schema = node.as<Schema>();
  if (!schema) return std::ranges::equal(units_of(id), units);
  return schema->may_fill(schema->slot_first ? units.front() : units.back()) &&
         std::ranges::equal(units_of(schema->fixed),
                            schema->slot_first ? units.subspan(1) : units.first(units.size() - 1));
}

std::vector<ConceptId> Nodes::contexts(std::span<const ConceptId> history) const {
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

std::string Nodes::written(ConceptId id, const Commonness& commonness) const {
  return std::visit([&](const auto& kind) { return kind.written(*this, commonness); }, (*this)[id].kind);
}

std::string Nodes::label_of(ConceptId id, const Commonness& commonness) const {
  const std::string label = written(id, commonness);
  const std::size_t start = label.find_first_not_of(' ');
  return start == std::string::npos ? label : label.substr(start);
}

double Nodes::bits(ConceptId id) const {
  const Node& node = (*this)[id];
  const double bits = std::visit([&](const auto& kind) { return kind.bits(id); }, node.kind);
  return node.redirect == id ? bits : bits + redirect_bits(id);
}

namespace {

constexpr std::uint64_t kPartsBytes = 32;  // an entry of the map by parts or by units

std::uint64_t held_by(const Node& node) {
  return std::visit([](const auto& kind) { return kind.content_bytes(); }, node.kind) +
         (node.forms.size() + node.wholes.size()) * sizeof(ConceptId);
}

}  // namespace

std::uint64_t Nodes::bytes() const {
  return table_.bytes() + charged_ + (by_parts_.size() + by_units_.size()) * kPartsBytes;
}

std::uint64_t Nodes::held_bytes() const {
  std::uint64_t bytes = table_.bytes() + released_.capacity() * sizeof(ConceptId) +
                        (by_parts_.size() + by_units_.size()) * kPartsBytes;
  table_.for_each([&](std::size_t, const Node& node) {
    bytes += held_by(node) + node.positions.held_bytes();
    if (const Followers* followers = followers_in(node))
      bytes += followers->counts.held_bytes() - followers->counts.bytes();
  });
  return bytes;
}

// --- Changing ------------------------------------------------------------------------------------------------------

ConceptId Nodes::add(Node node) {
  const auto id = static_cast<ConceptId>(table_.size());
  base::check(id < kInside - 1, "a graph holds at most 4 billion nodes");
  node.redirect = id;
  node.length = std::visit([&](const auto& kind) { return kind.length(*this); }, node.kind);
  protected_ += node.is_protected;
  concepts_ += node.active && id != kBoundary;
  table_.push_back(std::move(node));
  recharge(id);
  return id;
}

void Nodes::pass_over(std::size_t size) { table_.grow(size); }

void Nodes::put(ConceptId id, Node node) {
  node.redirect = id;
  table_.put(id, std::move(node));
  ++concepts_;
  touch(id);
}

void Nodes::release(ConceptId id) {
  const Node& node = (*this)[id];
  concepts_ -= node.active && node.redirect == id;
  charged_ -= node.charged;
  if (node.is_saved) released_.push_back(id);
  table_.release(id);
}

void Nodes::enter(ConceptId id) {
  std::visit([&](const auto& kind) { kind.enter(*this, id); }, (*this)[id].kind);
  joined_ += !parts_of((*this)[id]).empty();
}

void Nodes::leave(ConceptId id) {
  std::visit([&](const auto& kind) { kind.leave(*this, id); }, (*this)[id].kind);
  joined_ -= !parts_of((*this)[id]).empty();
}

void Nodes::set_active(ConceptId id, bool active) {
  Node& node = table_[id];
  if (node.active == active) return;
  node.active = active;
  concepts_ += active ? 1 : -1;
  touch(id);
}

void Nodes::set_redirect(ConceptId from, ConceptId into) {
  Node& node = table_[from];
  if (node.redirect != from) {
    std::erase(table_[node.redirect].forms, from);
    recharge(node.redirect);
    concepts_ += node.active;
  }
  node.redirect = into;
  if (into != from) {
    table_[into].forms.push_back(from);
    recharge(into);
    concepts_ -= node.active;
  }
  touch(from);
}

void Nodes::protect(ConceptId id) {
  Node& node = table_[id];
  protected_ += !node.is_protected;
  node.is_protected = true;
  touch(id);
}

void Nodes::touch(ConceptId id) {
  table_[id].is_changed = true;
  recharge(id);
}

/// Tells bytes() what the node holds now. O(surfaces).
void Nodes::recharge(ConceptId id) {
  Node& node = table_[id];
  const std::uint64_t bytes = held_by(node) + node.positions.bytes();
  charged_ += bytes - node.charged;  // wraps for fewer
  node.charged = bytes;
}

std::vector<ConceptId> Nodes::take_changed() {
  std::vector<ConceptId> changed = std::exchange(released_, {});
  std::erase_if(changed, [&](ConceptId id) { return holds(id); });  // it came back
  table_.for_each([&](std::size_t id, Node& node) {
    if (node.is_changed) changed.push_back(static_cast<ConceptId>(id));
    node.is_changed = false;
    node.is_saved = true;
  });
  std::sort(changed.begin(), changed.end());
  return changed;
}

// --- Indexes -------------------------------------------------------------------------------------------------------

void Nodes::add_pair(ConceptId first, ConceptId second, ConceptId id) {
  by_parts_.emplace(pair_key(first, second), id);
}

void Nodes::remove_pair(ConceptId first, ConceptId second, ConceptId id) {
  erase_own(by_parts_, pair_key(first, second), id);
}

void Nodes::add_spelling(ConceptId first, ConceptId second, ConceptId id) {
  const std::vector<ConceptId> units = units_of(first, second);
  by_units_.emplace(units_key(units), id);
  if (Unit* last = table_[units.back()].as<Unit>())
    last->longest_ending = std::max(last->longest_ending, static_cast<std::uint8_t>(units.size()));
}

void Nodes::remove_spelling(ConceptId first, ConceptId second, ConceptId id) {
  erase_own(by_units_, units_key(units_of(first, second)), id);
}

void Nodes::add_whole(ConceptId part, ConceptId whole) {
  insert_sorted(table_[part].wholes, whole);
  recharge(part);
}

void Nodes::remove_whole(ConceptId part, ConceptId whole) {
  erase_sorted(table_[part].wholes, whole);
  recharge(part);
}

void Nodes::add_sense(ConceptId unit, ConceptId sense) {
  insert_sorted(table_[unit].as<Unit>()->senses, sense);
  recharge(unit);
}

void Nodes::remove_sense(ConceptId unit, ConceptId sense) {
  erase_sorted(table_[unit].as<Unit>()->senses, sense);
  recharge(unit);
}

void Nodes::add_slot_or_sense_use(ConceptId id, std::int64_t delta) {
  Node& node = table_[id];
  node.slot_and_sense_uses = static_cast<std::uint32_t>(node.slot_and_sense_uses + delta);
}

// --- Checking ------------------------------------------------------------------------------------------------------

namespace {

bool lists(const std::vector<ConceptId>& ids, ConceptId id) {
  return std::find(ids.begin(), ids.end(), id) != ids.end();
}

/// What does not fit, or nothing.
std::optional<std::string> fault_of(const Nodes& nodes, ConceptId id) {
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

std::optional<std::string> first_fault(const Nodes& nodes) {
  for (ConceptId id = 1; id < nodes.size(); ++id) {
    if (!nodes.holds(id)) continue;
    if (const auto fault = fault_of(nodes, id)) return fmt::format("concept {}: {}", id, *fault);
  }
  return std::nullopt;
}

}  // namespace noema::concepts
