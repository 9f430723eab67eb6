#include "concepts/graph.h"

#include <algorithm>
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

std::string_view name_of(Kind kind) { return kind == Kind::kSense ? "sense" : "composite"; }

Graph::Graph(const GraphOptions& options)
    : options_(options),
      row_code_(concentrations_.row_discount, concentrations_.row_strength),
      root_code_(concentrations_.root_discount, concentrations_.root_strength) {
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
  if (node.kind == Kind::kSense) by_identity_.emplace(node.label, id);
  nodes_.push_back(std::move(node));
  longest_ending_.push_back(1);
  continuations_.push_back(0);
  changed_.push_back(true);
  statistics_.resize(nodes_.size());
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
    const Node& top = nodes_[open.back()];
    if (top.kind == Kind::kSense) units.push_back(open.back());
    open.pop_back();
    if (top.kind == Kind::kComposite) {
      open.push_back(top.second);
      open.push_back(top.first);
    }
  }
  return units;
}

std::string Graph::label_of(ConceptId node) const {
  std::string label;
  for (const ConceptId unit : units_of(node)) {
    const auto& surfaces = nodes_[unit].surfaces;
    const auto best = std::max_element(surfaces.begin(), surfaces.end(),
                                       [](const auto& a, const auto& b) { return a.second < b.second; });
    label += best == surfaces.end() ? nodes_[unit].label : best->first;
  }
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
  return id;
}

std::uint32_t Graph::attach(std::span<const ConceptId> units) {
  const Position begin = stream_.size();
  const std::uint32_t episode = stream_.append(units);
  count_followers(units, begin);
  ConceptId previous = kBoundary;
  for (const Mention& mention : segment(units)) {
    stream_.cover(begin + mention.offset, mention.length, mention.node);
    ++nodes_[mention.node].mentions;
    touch(mention.node);
    const ConceptId current = concept_of(mention.node);
    statistics_.add(previous, current, 1);
    touch(previous);
    previous = current;
  }
  ++nodes_[kBoundary].mentions;
  statistics_.add(previous, kBoundary, 1);
  touch(previous);
  return episode;
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

/// Counts, for every node whose units end at some unit of the episode, what came next, and where those units stand.
void Graph::count_followers(std::span<const ConceptId> units, Position begin) {
  const auto follow = [&](ConceptId context, ConceptId unit) {
    Node& node = nodes_[context];
    ++node.followed;
    if (node.followers.add(unit, 1) == 1 && node.kind == Kind::kSense) {
      continued_units_ += ++continuations_[unit] == 1;
      ++all_continuations_;
    }
  };
  const auto next_of = [&](std::size_t i) { return i + 1 < units.size() ? units[i + 1] : kBoundary; };
  follow(kBoundary, units.empty() ? kBoundary : units[0]);
  for (std::size_t i = 0; i < units.size(); ++i) {
    if (longest_ending_[units[i]] == 1) {
      nodes_[units[i]].positions.push_back(begin + static_cast<Position>(i));
      follow(units[i], next_of(i));
      continue;
    }
    for (const ConceptId context : contexts(units.first(i + 1))) {
      nodes_[context].positions.push_back(begin + static_cast<Position>(i + 1) - nodes_[context].length);
      follow(context, next_of(i));
    }
  }
}

std::vector<ConceptId> Graph::contexts(std::span<const ConceptId> history) const {
  if (history.empty()) return {kBoundary};
  std::vector<ConceptId> found;
  const ConceptId last = history.back();
  for (std::size_t length = std::min<std::size_t>(longest_ending_[last], history.size()); length > 1; --length) {
    const auto tail = history.last(length);
    const auto candidate = by_units_.find(units_key(tail));
    if (candidate == by_units_.end() || nodes_[candidate->second].length != length) continue;
    if (std::ranges::equal(units_of(candidate->second), tail)) found.push_back(candidate->second);
  }
  found.push_back(last);
  return found;
}

std::vector<Mention> Graph::segment(std::span<const ConceptId> units) const {
  const auto count = static_cast<std::uint32_t>(units.size());
  std::vector<Mention> mentions(count);
  for (std::uint32_t i = 0; i < count; ++i) mentions[i] = {i, 1, units[i]};
  if (composite_count_ == 0 || count < 2) return mentions;

  // Pairs that make a composite wait in a queue by the composite's age, then from left to right. A joined pair leaves
  // its second mention with length 0; links skip over those.
  struct Join {
    ConceptId made;
    std::uint32_t left, right;
    bool operator>(const Join& other) const { return std::tie(made, left) > std::tie(other.made, other.left); }
  };
  std::priority_queue<Join, std::vector<Join>, std::greater<>> queue;
  std::vector<std::uint32_t> next(count), previous(count);
  const auto consider = [&](std::uint32_t left, std::uint32_t right) {
    if (const auto made = composite(mentions[left].node, mentions[right].node)) queue.push({*made, left, right});
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
    const Node& made = nodes_[join.made];
    if (left.length == 0 || right.length == 0 || left.node != made.first || right.node != made.second ||
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

void Graph::register_composite(ConceptId id) {
  const Node& node = nodes_[id];
  const std::vector<ConceptId> units = units_of(id);
  by_parts_.emplace(pair_key(node.first, node.second), id);
  by_units_.emplace(units_key(units), id);
  longest_ending_[units.back()] = std::max(longest_ending_[units.back()], static_cast<std::uint8_t>(node.length));
  ++composite_count_;
}

// --- L -------------------------------------------------------------------------------------------------------------

double Graph::graph_bits() const {
  double bits = Concentrations::kBits;
  for (std::size_t id = 1; id < nodes_.size(); ++id) {
    const Node& node = nodes_[id];
    if (!node.active) continue;
    bits += node.kind == Kind::kSense ? sense_bits(node.label.size()) : composite_bits(id);
    if (node.redirect != id) bits += redirect_bits(id);
  }
  return bits;
}

double Graph::mentions_bits() const {
  double nats = statistics_.nats(row_code_, root_code_);
  for (std::size_t id = 1; id < nodes_.size(); ++id) {
    if (nodes_[id].redirect == id && !nodes_[id].forms.empty())
      nats += forms_nats_of(forms_of(static_cast<ConceptId>(id)), 0, 0, 0);
  }
  return base::bits_of(nats);
}

double Graph::description_bits() const { return graph_bits() + mentions_bits(); }

/// What saying the form of every mention of a concept costs, if `less` and `less_too` had `by` mentions fewer each.
double Graph::forms_nats_of(std::span<const ConceptId> forms, ConceptId less, ConceptId less_too,
                            std::int64_t by) const {
  std::vector<std::uint64_t> counts;
  counts.reserve(forms.size());
  for (const ConceptId form : forms) {
    const std::int64_t fewer = by * ((form == less) + (form == less_too));
    counts.push_back(static_cast<std::uint64_t>(nodes_[form].mentions - fewer));
  }
  return forms_nats(counts);
}

std::uint64_t Graph::bytes() const {
  std::uint64_t bytes = stream_.bytes() + statistics_.bytes() + continuations_.capacity() * 4;
  for (const Node& node : nodes_) {
    bytes +=
        sizeof(Node) + node.positions.capacity() * sizeof(Position) + node.followers.bytes() + 2 * node.label.size();
    for (const auto& surface : node.surfaces) bytes += sizeof(surface) + surface.first.size();
  }
  return bytes + (by_parts_.size() + by_units_.size()) * 32 + by_identity_.size() * 64;
}

}  // namespace noema::concepts
