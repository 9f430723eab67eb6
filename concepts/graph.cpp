#include "concepts/graph.h"

#include <algorithm>
#include <array>
#include <queue>
#include <tuple>

#include "base/error.h"
#include "base/numbers.h"

namespace noema::concepts {
namespace {

std::uint64_t pair_key(ConceptId first, ConceptId second) { return (std::uint64_t{first} << 32) | second; }

std::uint64_t units_key(std::span<const ConceptId> units) {
  std::uint64_t hash = 0xcbf29ce484222325ULL;
  for (const ConceptId unit : units) hash = (hash ^ unit) * 0x9E3779B97F4A7C15ULL + (hash >> 29);
  return hash;
}

}  // namespace

namespace {
constexpr std::array<std::string_view, 4> kKinds{"sense", "composite", "schema", "category"};
}

std::string_view name_of(Kind kind) { return kKinds[static_cast<std::size_t>(kind)]; }

std::optional<Kind> kind_named(std::string_view name) {
  const auto found = std::find(kKinds.begin(), kKinds.end(), name);
  if (found == kKinds.end()) return std::nullopt;
  return static_cast<Kind>(found - kKinds.begin());
}

Graph::Graph(const GraphOptions& options) : options_(options), codes_(concentrations_) {
  Node boundary;
  boundary.label = "\n";
  add_node(std::move(boundary));
  concepts_ = 0;
}

// --- Nodes ---------------------------------------------------------------------------------------------------------

ConceptId Graph::add_node(Node node) {
  const auto id = static_cast<ConceptId>(nodes_.size());
  base::check(id < kInside - 1, "a graph holds at most 4 billion nodes");
  node.redirect = id;
  if (node.kind == Kind::kSense && node.origin == 0) by_identity_.emplace(node.label, id);
  const bool category = node.kind == Kind::kCategory;
  nodes_.push_back(std::move(node));
  changed_.push_back(true);
  recharge(nodes_[id]);
  for (Statistics* statistics : {&statistics_, &units_}) {
    statistics->resize(nodes_.size());
    if (category) statistics->set_height(id, nodes_[id].length);
  }
  category_count_ += category;
  kept_ += nodes_[id].kept;
  ++concepts_;
  return id;
}

std::optional<ConceptId> Graph::find(std::string_view identity) const {
  const auto found = by_identity_.find(std::string(identity));
  return found == by_identity_.end() ? std::nullopt : std::optional(found->second);
}

std::vector<ConceptId> Graph::forms_of(ConceptId id) const {
  std::vector<ConceptId> all{id};
  for (std::size_t i = 0; i < all.size(); ++i)
    all.insert(all.end(), nodes_[all[i]].forms.begin(), nodes_[all[i]].forms.end());
  return all;
}

std::optional<ConceptId> Graph::composite(ConceptId first, ConceptId second) const {
  const auto found = by_parts_.find(pair_key(first, second));
  return found == by_parts_.end() ? std::nullopt : std::optional(found->second);
}

std::vector<ConceptId> Graph::units_of(ConceptId node) const {
  std::vector<ConceptId> units;
  std::vector<ConceptId> open{node};
  while (!open.empty()) {
    const ConceptId id = open.back();
    const Node& top = nodes_[id];
    open.pop_back();
    if (top.kind == Kind::kSense) units.push_back(unit_of(id));
    if (top.kind == Kind::kComposite || top.kind == Kind::kSchema) {
      open.push_back(top.second);
      open.push_back(top.first);
    }
  }
  return units;
}

/// As written, white space before it included.
std::string Graph::written(ConceptId id) const {
  const Node& node = nodes_[id];
  if (node.kind == Kind::kComposite || node.kind == Kind::kSchema) return written(node.first) + written(node.second);
  if (node.kind == Kind::kSense) {
    const auto& surfaces = nodes_[unit_of(id)].surfaces;
    const auto best = std::max_element(surfaces.begin(), surfaces.end(),
                                       [](const auto& a, const auto& b) { return a.second < b.second; });
    return best == surfaces.end() ? nodes_[unit_of(id)].label : best->first;
  }
  // A category by its commonest members.
  constexpr std::size_t kShown = 4;
  std::vector<std::pair<std::uint64_t, ConceptId>> members;
  for (const ConceptId member : node.members) members.emplace_back(~statistics_.total(member), member);
  std::sort(members.begin(), members.end());
  std::string shown;
  for (std::size_t i = 0; i < std::min(kShown, members.size()); ++i)
    shown += (i == 0 ? "" : "|") + label_of(members[i].second);
  return " {" + shown + (members.size() > kShown ? "|..}" : "}");
}

std::string Graph::label_of(ConceptId node) const {
  const std::string label = written(node);
  const std::size_t start = label.find_first_not_of(' ');
  return start == std::string::npos ? label : label.substr(start);
}

// --- Perceiving ----------------------------------------------------------------------------------------------------

ConceptId Graph::perceive_unit(std::string_view identity, std::string_view surface) {
  ConceptId id = kBoundary;
  if (const auto known = find(identity)) {
    id = *known;
  } else {
    Node node;
    node.label = identity;
    id = add_node(std::move(node));
  }
  touch(id);
  auto& surfaces = nodes_[id].surfaces;
  for (auto& [known, count] : surfaces) {
    if (known == surface) {
      ++count;
      return id;
    }
  }
  surfaces.emplace_back(surface, 1);
  recharge(nodes_[id]);
  return id;
}

std::uint32_t Graph::attach(std::span<const ConceptId> units) {
  const Position begin = stream_.size();
  const std::uint32_t episode = stream_.append(units);
  count_episode(units, begin);
  return episode;
}

/// Counts an episode that stands in the stream, and divides it into mentions.
void Graph::count_episode(std::span<const ConceptId> units, Position begin, Front* front) {
  count_followers(units, begin, front);
  ConceptId previous = kBoundary;
  for (const Mention& mention : segment(units)) {
    stream_.cover(begin + mention.offset, mention.length, mention.node);
    const Node& node = nodes_[mention.node];
    ++nodes_[mention.node].mentions;
    if (node.kind == Kind::kSchema) {
      const bool slot_first = nodes_[node.first].kind == Kind::kCategory;
      add_slot(mention.node, units[slot_first ? mention.offset : mention.offset + mention.length - 1], 1);
    }
    touch(mention.node);
    const ConceptId current = concept_of(mention.node);
    statistics_.add(previous, current, 1);
    touch(previous);
    previous = current;
  }
  ++nodes_[kBoundary].mentions;
  statistics_.add(previous, kBoundary, 1);
  touch(previous);
}

void Graph::apply(std::span<const CellChange> change) {
  statistics_.apply(change);
  for (const CellChange& cell : change) touch(cell.from);
}

std::vector<ConceptId> Graph::take_changed() {
  std::vector<ConceptId> changed;
  for (ConceptId id = 0; id < changed_.size(); ++id) {
    if (changed_[id]) changed.push_back(id);
    changed_[id] = false;
  }
  return changed;
}

/// Counts, for every node whose units end at some unit of the episode, what came next, and where those units stand: at
/// the end of its positions or, if there is a front, there.
void Graph::count_followers(std::span<const ConceptId> units, Position begin, Front* front) {
  const auto stands = [&](ConceptId id, Position p) {
    if (front)
      (*front)[id].push_back(p);
    else
      nodes_[id].positions.push_back(p);
  };
  const auto next_of = [&](std::size_t i) { return i + 1 < units.size() ? units[i + 1] : kBoundary; };
  units_.add(kBoundary, units.empty() ? kBoundary : units[0], 1);
  for (std::size_t i = 0; i < units.size(); ++i) {
    Node& unit = nodes_[units[i]];
    stands(units[i], begin + static_cast<Position>(i));
    recharge(unit);
    units_.add(units[i], next_of(i), 1);
    if (unit.longest_ending == 1) continue;
    for (const ConceptId context : contexts(units.first(i + 1))) {
      Node& node = nodes_[context];
      if (node.kind == Kind::kSense) continue;
      stands(context, begin + static_cast<Position>(i + 1) - node.length);
      node.followers.add(next_of(i), 1);
      ++node.followed;
      recharge(node);
    }
  }
}

/// True if these are a composite's or schema's units, one of the schema's fillers in its slot.
bool Graph::has_units(ConceptId id, std::span<const ConceptId> units) const {
  const Node& node = nodes_[id];
  if (node.length != units.size()) return false;
  if (node.kind != Kind::kSchema) return std::ranges::equal(units_of(id), units);
  const bool slot_first = nodes_[node.first].kind == Kind::kCategory;
  const ConceptId filler = slot_first ? units.front() : units.back();
  return std::binary_search(node.members.begin(), node.members.end(), filler) &&
         std::ranges::equal(units_of(slot_first ? node.second : node.first),
                            slot_first ? units.subspan(1) : units.first(units.size() - 1));
}

std::vector<ConceptId> Graph::contexts(std::span<const ConceptId> history) const {
  if (history.empty()) return {kBoundary};
  std::vector<ConceptId> found;
  const ConceptId last = history.back();
  for (std::size_t length = std::min<std::size_t>(nodes_[last].longest_ending, history.size()); length > 1; --length) {
    const auto tail = history.last(length);
    const auto candidate = by_units_.find(units_key(tail));
    if (candidate != by_units_.end() && has_units(candidate->second, tail)) found.push_back(candidate->second);
  }
  found.push_back(last);
  return found;
}

std::vector<Mention> Graph::segment(std::span<const ConceptId> units, ConceptId without) const {
  const auto count = static_cast<std::uint32_t>(units.size());
  std::vector<Mention> mentions(count);
  for (std::uint32_t i = 0; i < count; ++i) mentions[i] = {i, 1, units[i]};
  const auto tell_senses = [&] {
    for (Mention& mention : mentions) {
      if (mention.length != 1 || nodes_[mention.node].members.empty()) continue;
      const std::uint32_t i = mention.offset;
      mention.node =
          sense_of(mention.node, i == 0 ? kBoundary : units[i - 1], i + 1 == count ? kBoundary : units[i + 1], without);
    }
  };
  if (composite_count_ == 0 || count < 2) {
    tell_senses();
    return mentions;
  }

  // Pairs that make a composite wait in a queue by the composite's age, then from left to right. A joined pair leaves
  // its second mention with length 0; links skip over those.
  struct Join {
    ConceptId made;
    std::uint32_t left, right;
    ConceptId first, second;  // what stood there
    bool operator>(const Join& other) const { return std::tie(made, left) > std::tie(other.made, other.left); }
  };
  std::priority_queue<Join, std::vector<Join>, std::greater<>> queue;
  std::vector<std::uint32_t> next(count), previous(count);
  const auto consider = [&](std::uint32_t left, std::uint32_t right) {
    const auto made = composite(mentions[left].node, mentions[right].node);
    if (made && *made != without) queue.push({*made, left, right, mentions[left].node, mentions[right].node});
  };
  for (std::uint32_t i = 0; i < count; ++i) {
    next[i] = i + 1;
    previous[i] = i - 1;  // wraps for the first, which is never followed back
    if (i + 1 < count) consider(i, i + 1);
  }
  while (!queue.empty()) {
    const Join join = queue.top();
    queue.pop();
    Mention& left = mentions[join.left];
    Mention& right = mentions[join.right];
    if (left.length == 0 || right.length == 0 || left.node != join.first || right.node != join.second ||
        next[join.left] != join.right)
      continue;
    left = {left.offset, left.length + right.length, join.made};
    right.length = 0;
    next[join.left] = next[join.right];
    if (next[join.left] < count) {
      previous[next[join.left]] = join.left;
      consider(join.left, next[join.left]);
    }
    if (join.left > 0) consider(previous[join.left], join.left);
  }
  std::erase_if(mentions, [](const Mention& mention) { return mention.length == 0; });
  tell_senses();
  return mentions;
}

std::vector<Mention> Graph::mentions_of(std::uint32_t episode) const {
  std::vector<Mention> mentions;
  const Position begin = stream_.begin(episode);
  const Position end = stream_.end(episode);
  for (Position p = begin; p < end;) {
    const Position next = stream_.next_mention(p, end);
    mentions.push_back({p - begin, next - p, stream_.owner(p)});
    p = next;
  }
  return mentions;
}

/// Lets a composite or schema be found by its parts and units, or a split-off sense by its unit.
void Graph::register_node(ConceptId id) {
  const Node& node = nodes_[id];
  if (node.kind == Kind::kSense) {
    auto& senses = nodes_[node.origin].members;
    senses.insert(std::lower_bound(senses.begin(), senses.end(), id), id);
    recharge(nodes_[node.origin]);
    for (const ConceptId neighbour : node.members) ++nodes_[neighbour].named;
    return;
  }
  const auto enter = [&](ConceptId first, ConceptId second) {
    std::vector<ConceptId> units = units_of(first);
    const std::vector<ConceptId> tail = units_of(second);
    units.insert(units.end(), tail.begin(), tail.end());
    by_parts_.emplace(pair_key(first, second), id);
    by_units_.emplace(units_key(units), id);
    std::uint8_t& longest = nodes_[units.back()].longest_ending;
    longest = std::max(longest, static_cast<std::uint8_t>(node.length));
  };
  ++composite_count_;
  ++nodes_[node.first].uses;
  ++nodes_[node.second].uses;
  if (node.kind == Kind::kComposite) {
    enter(node.first, node.second);
    return;
  }
  by_parts_.emplace(pair_key(node.first, node.second), id);
  for (const ConceptId filler : node.members) {
    ++nodes_[filler].named;
    nodes_[node.first].kind == Kind::kCategory ? enter(filler, node.second) : enter(node.first, filler);
  }
}

void Graph::unregister(ConceptId id) {
  const Node& node = nodes_[id];
  if (node.kind == Kind::kSense) {
    std::erase(nodes_[node.origin].members, id);
    recharge(nodes_[node.origin]);
    for (const ConceptId neighbour : node.members) {
      --nodes_[neighbour].named;
      look_idle(neighbour);
    }
    look_idle(node.origin);
    return;
  }
  const auto leave = [&](ConceptId first, ConceptId second) {
    const auto parts = by_parts_.find(pair_key(first, second));
    if (parts != by_parts_.end() && parts->second == id) by_parts_.erase(parts);
    if (nodes_[first].kind == Kind::kCategory || nodes_[second].kind == Kind::kCategory) return;
    std::vector<ConceptId> units = units_of(first);
    const std::vector<ConceptId> tail = units_of(second);
    units.insert(units.end(), tail.begin(), tail.end());
    const auto known = by_units_.find(units_key(units));
    if (known != by_units_.end() && known->second == id) by_units_.erase(known);
  };
  leave(node.first, node.second);
  if (node.kind == Kind::kSchema)
    for (const ConceptId filler : node.members) {
      nodes_[node.first].kind == Kind::kCategory ? leave(filler, node.second) : leave(node.first, filler);
      --nodes_[filler].named;
      look_idle(filler);
    }
  for (const ConceptId part : {node.first, node.second}) {
    --nodes_[part].uses;
    look_idle(part);
  }
  --composite_count_;
}

// --- L -------------------------------------------------------------------------------------------------------------

/// What the graph itself pays for a node and its redirect.
double Graph::node_bits(ConceptId id) const {
  const Node& node = nodes_[id];
  double bits = 0;
  switch (node.kind) {
    case Kind::kSense:
      bits = node.origin == 0 ? sense_bits(node.label.size()) : split_bits(id, node.members.size());
      break;
    case Kind::kComposite: bits = composite_bits(id); break;
    case Kind::kSchema: bits = schema_bits(id); break;
    case Kind::kCategory: bits = category_bits(); break;
  }
  return node.redirect == id ? bits : bits + redirect_bits(id);
}

double Graph::graph_bits() const {
  double bits = Concentrations::kBits + memberships_bits(membership_count_, category_count_);
  for (ConceptId id = 1; id < nodes_.size(); ++id)
    if (nodes_[id].active) bits += node_bits(id);
  return bits;
}

double Graph::mentions_bits() const {
  double nats = statistics_.nats(codes_);
  for (ConceptId id = 1; id < nodes_.size(); ++id) {
    if (!nodes_[id].active) continue;
    if (nodes_[id].redirect == id && !nodes_[id].forms.empty()) nats += forms_nats_of(forms_of(id));
    if (nodes_[id].kind == Kind::kSchema) nats += slots_nats_of(id);
  }
  return base::bits_of(nats);
}

double Graph::description_bits() const { return graph_bits() + mentions_bits(); }

/// What saying the form of every mention of a concept costs, if some forms had more mentions.
double Graph::forms_nats_of(std::span<const ConceptId> forms, const std::map<ConceptId, std::int64_t>& more) const {
  std::vector<std::uint64_t> counts;
  counts.reserve(forms.size());
  for (const ConceptId form : forms) {
    const auto delta = more.find(form);
    counts.push_back(static_cast<std::uint64_t>(nodes_[form].mentions + (delta == more.end() ? 0 : delta->second)));
  }
  return forms_nats(counts);
}

/// What saying who fills the slot costs, in all mentions of a schema.
double Graph::slots_nats_of(ConceptId schema) const {
  const auto slots = slots_.find(schema);
  if (slots == slots_.end()) return 0;
  std::vector<std::uint64_t> counts;
  for (const ConceptId filler : nodes_[schema].members) counts.push_back(slots->second[filler]);
  return forms_nats(counts);
}

void Graph::add_slot(ConceptId schema, ConceptId filler, std::int64_t delta) {
  CountMap& fillers = slots_[schema];
  slot_bytes_ -= fillers.bytes();
  fillers.add(filler, delta);
  slot_bytes_ += fillers.bytes();
}

namespace {

constexpr std::uint64_t kIdentityBytes = 64, kPartsBytes = 32, kSlotBytes = 40;  // an entry of the maps

/// What a node holds beside itself, lists and labels alike.
std::uint64_t content_bytes(const Node& node) {
  std::uint64_t bytes = (node.members.size() + node.forms.size()) * sizeof(ConceptId);
  if (!node.label.empty()) bytes += kIdentityBytes + 2 * node.label.size();  // here and in the map by identity
  for (const auto& surface : node.surfaces) bytes += sizeof(surface) + surface.first.size();
  return bytes;
}

}  // namespace

/// Tells bytes() what the node holds now. O(ways of writing it).
void Graph::recharge(Node& node) {
  const std::uint64_t bytes = content_bytes(node) + node.positions.bytes() + node.followers.bytes();
  charged_ += bytes - node.charged;  // wraps for fewer
  node.charged = bytes;
}

std::uint64_t Graph::bytes() const {
  return stream_.bytes() + statistics_.bytes() + units_.bytes() + nodes_.bytes() + charged_ + slot_bytes_ +
         nodes_.size() / 8 + (by_parts_.size() + by_units_.size()) * kPartsBytes;
}

std::uint64_t Graph::held_bytes() const {
  std::uint64_t bytes = stream_.held_bytes() + statistics_.held_bytes() + units_.held_bytes() + nodes_.bytes() +
                        changed_.capacity() / 8 + (by_parts_.size() + by_units_.size()) * kPartsBytes;
  nodes_.for_each([&](const Node& node) {
    bytes += content_bytes(node) + node.positions.held_bytes() + node.followers.held_bytes();
  });
  for (const auto& [schema, fillers] : slots_) bytes += kSlotBytes + fillers.held_bytes();
  return bytes;
}

}  // namespace noema::concepts
