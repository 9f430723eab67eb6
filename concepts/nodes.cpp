#include "concepts/nodes.h"

#include <algorithm>
#include <utility>

#include "base/error.h"
#include "concepts/node_keys.h"

namespace noema::concepts {
namespace {

void insert_sorted(std::vector<ConceptId>& ids, ConceptId id) {
  ids.insert(std::lower_bound(ids.begin(), ids.end(), id), id);
}

void erase_sorted(std::vector<ConceptId>& ids, ConceptId id) {
  const auto found = std::lower_bound(ids.begin(), ids.end(), id);
  base::check(found != ids.end() && *found == id, "only what is listed is taken off a list");
  ids.erase(found);
}

template <typename Map, typename Key>
void erase_own(Map& map, const Key& key, ConceptId id) {
  const auto found = map.find(key);
  if (found != map.end() && found->second == id) map.erase(found);
}

}  // namespace

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

void Nodes::unprotect(ConceptId id) {
  Node& node = table_[id];
  protected_ -= node.is_protected;
  node.is_protected = false;
  touch(id);
}

void Nodes::touch(ConceptId id) {
  mark(id);
  recharge(id);
}

/// Tells bytes() what the node holds now. O(surfaces).
void Nodes::recharge(ConceptId id) {
  Node& node = table_[id];
  const std::uint64_t bytes = held_by(node) + node.positions.bytes();
  charged_ += bytes - node.charged;  // wraps for fewer
  node.charged = bytes;
}

void Nodes::add_position(ConceptId id, Position p) {
  Node& node = table_[id];
  const std::uint64_t before = node.positions.bytes();
  node.positions.push_back(p);
  const std::uint64_t more = node.positions.bytes() - before;
  node.charged += more;
  charged_ += more;
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

}  // namespace noema::concepts
