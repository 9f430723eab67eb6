// The graph as others see it: restored from a checkpoint, hashed by names, and compared with what its stream says.

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <utility>

#include "base/error.h"
#include "base/hash.h"
#include "concepts/graph.h"

namespace noema::concepts {

ConceptId Graph::restore_node(Node node) {
  const auto id = static_cast<ConceptId>(nodes_.size());
  const ConceptId redirect = node.redirect;
  const auto is_part = [&](ConceptId part) { return part > 0 && part < id; };
  const auto known = [&](ConceptId part) -> const Node& { return std::as_const(nodes_)[part]; };  // faded ones too
  const bool two_parts = node.kind == Kind::kComposite || node.kind == Kind::kSchema;
  bool sound = redirect <= id && (!two_parts || (is_part(node.first) && is_part(node.second)));
  if (sound && node.kind == Kind::kSchema) {
    const bool slot_first = known(node.first).kind == Kind::kCategory;
    sound = known(slot_first ? node.first : node.second).kind == Kind::kCategory &&
            std::all_of(node.members.begin(), node.members.end(), is_part);
    if (sound) node.length = known(slot_first ? node.second : node.first).length + 1;
  }
  if (sound && node.kind == Kind::kComposite) node.length = known(node.first).length + known(node.second).length;
  if (sound && node.kind == Kind::kSense)
    sound = node.origin == 0 ? !node.label.empty() && !find(node.label) : is_part(node.origin);
  if (!sound)
    throw base::Error(fmt::format(
        "concept {} of the checkpoint names parts, a redirect or a label that cannot be; run `noema check`", id));
  if (node.kind == Kind::kCategory || (node.kind == Kind::kSense && node.origin == 0)) node.members = {};
  node.mentions = 0;
  const bool active = node.active;
  const bool registered = active && (two_parts || node.origin != 0);
  const bool category = node.kind == Kind::kCategory;
  add_node(std::move(node));
  if (!active) --concepts_;
  if (!active && category) --category_count_;
  if (registered) register_node(id);
  if (redirect != id) {
    nodes_[id].redirect = redirect;
    nodes_[redirect].forms.push_back(id);
    recharge(nodes_[redirect]);
    --concepts_;
  }
  return id;
}

void Graph::pass_over(std::size_t size) {
  nodes_.grow(size);
  changed_.resize(nodes_.size());
  for (Statistics* statistics : {&statistics_, &units_}) statistics->pass_over(size);
}

void Graph::finish_restoring() {
  for (ConceptId id = 1; id < nodes_.size(); ++id) {
    const ConceptId category = std::as_const(nodes_)[id].category;
    if (category == 0) continue;
    const bool above = category < nodes_.size() && std::as_const(nodes_)[category].kind == Kind::kCategory &&
                       std::as_const(nodes_)[category].active && statistics_.height(category) > statistics_.height(id);
    if (!above)
      throw base::Error(
          fmt::format("concept {} of the checkpoint lies in {}, which is no category above it; run `noema "
                      "check`",
                      id, category));
    nodes_[category].members.push_back(id);
    recharge(nodes_[category]);
  }
  for (ConceptId id = 1; id < nodes_.size(); ++id)
    if (const Node& node = std::as_const(nodes_)[id]; node.redirect == id && node.category != 0) {
      place_in(id, node.category);
      ++membership_count_;
    }
}

namespace {

/// Names by which nodes are ordered, whatever their ids: a sense's identity and what tells it, a composite's units, a
/// category's first member by name and its height.
class Names {
 public:
  explicit Names(const Graph& graph) : graph_(graph), names_(graph.size()) {}
  const std::string& of(ConceptId id) {
    std::string& name = names_[id];
    if (!name.empty()) return name;
    const Node& node = graph_.node(id);
    std::string made;
    switch (node.kind) {
      case Kind::kSense:
        if (node.origin == 0) {
          made = node.label + '\x1f';
        } else {
          made = of(node.origin) + (node.side == Side::kBefore ? '\x1d' : '\x1c');
          std::vector<std::string> neighbours;
          for (const ConceptId neighbour : node.members) neighbours.push_back(of(neighbour));
          std::sort(neighbours.begin(), neighbours.end());
          for (const std::string& neighbour : neighbours) made += neighbour;
        }
        break;
      case Kind::kComposite: made = of(node.first) + of(node.second); break;
      case Kind::kSchema: made = of(node.first) + '\x1b' + of(node.second); break;
      case Kind::kCategory:
        for (const ConceptId member : node.members)
          if (made.empty() || of(member) < made) made = of(member);
        made += '\x1e' + std::to_string(node.length);
        break;
    }
    return names_[id] = made;
  }

 private:
  const Graph& graph_;
  std::vector<std::string> names_;
};

}  // namespace

std::string Graph::hash() const {
  // Canonical order is by name: ids depend on what was thought and undone between.
  Names names(*this);
  std::vector<ConceptId> order;
  for (ConceptId id = 0; id < nodes_.size(); ++id)
    if (nodes_[id].active) order.push_back(id);
  std::sort(order.begin(), order.end(), [&](ConceptId a, ConceptId b) { return names.of(a) < names.of(b); });
  std::vector<ConceptId> rank(nodes_.size());
  for (std::size_t i = 0; i < order.size(); ++i) rank[order[i]] = static_cast<ConceptId>(i);
  const auto ranks = [&](const std::vector<ConceptId>& ids) {
    std::vector<ConceptId> ranked;
    for (const ConceptId id : ids) ranked.push_back(rank[id]);
    std::sort(ranked.begin(), ranked.end());
    return ranked;
  };

  base::Sha256 sha;
  for (const std::int32_t value :
       {concentrations_.row_discount, concentrations_.row_strength, concentrations_.rest_discount,
        concentrations_.rest_strength, concentrations_.category_discount, concentrations_.category_strength,
        concentrations_.member_discount, concentrations_.member_strength})
    sha.integer(value);
  for (const ConceptId id : order) {
    const Node& node = nodes_[id];
    sha.text(names.of(id));
    sha.integer(static_cast<int>(node.kind));
    if (node.kind == Kind::kComposite || node.kind == Kind::kSchema) {
      sha.integer(rank[node.first]);
      sha.integer(rank[node.second]);
    }
    sha.integer(rank[node.redirect]);
    sha.integer(rank[node.category]);
    for (const ConceptId member : ranks(node.members)) sha.integer(member);
    sha.integer(node.mentions);
    auto surfaces = node.surfaces;
    std::sort(surfaces.begin(), surfaces.end());
    for (const auto& [surface, count] : surfaces) {
      sha.text(surface);
      sha.integer(count);
    }
    const auto add_counts = [&](const CountMap& counts) {
      std::vector<std::pair<ConceptId, std::uint32_t>> cells;
      counts.for_each([&](ConceptId to, std::uint32_t count) { cells.emplace_back(rank[to], count); });
      std::sort(cells.begin(), cells.end());
      for (const auto& [to, count] : cells) {
        sha.integer(to);
        sha.integer(count);
      }
    };
    add_counts(associates(id));
    if (node.kind != Kind::kCategory)
      add_counts(statistics_.next(id));  // what a category holds follows from its members
  }
  return sha.hex();
}

std::optional<std::string> Graph::first_difference() const {
  Graph anew(options_);
  for (std::size_t id = 1; id < nodes_.size(); ++id) {
    if (!nodes_.holds(id)) {
      anew.pass_over(id + 1);
      continue;
    }
    Node node;
    node.kind = nodes_[id].kind;
    node.active = nodes_[id].active;
    node.first = nodes_[id].first;
    node.second = nodes_[id].second;
    node.side = nodes_[id].side;
    node.origin = nodes_[id].origin;
    node.length = nodes_[id].length;
    node.category = nodes_[id].category;
    node.members = nodes_[id].members;
    node.label = nodes_[id].label;
    node.redirect = nodes_[id].redirect;
    anew.restore_node(std::move(node));
  }
  anew.finish_restoring();
  anew.start_at(stream_.first_episode(), stream_.first_position());
  for (std::uint32_t episode = stream_.first_episode(); episode < stream_.episodes(); ++episode)
    anew.attach(stream_.leaves(episode));
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    const auto id = static_cast<ConceptId>(i);
    const Node& here = nodes_[id];
    const Node& there = std::as_const(anew).node(id);
    const auto differs = [&](std::string_view what) {
      return fmt::format("concept {} ({}): its {} differs from what its episodes say", id, label_of(id), what);
    };
    if (here.mentions != there.mentions)
      return differs(fmt::format("number of mentions ({}, expected {})", here.mentions, there.mentions));
    if (here.positions != there.positions) return differs("list of positions");
    if (here.followers.sorted() != there.followers.sorted()) return differs("count of following units");
    if (statistics_.next(id).sorted() != anew.statistics_.next(id).sorted())
      return differs("count of following concepts");
    if (statistics_.previous(id).sorted() != anew.statistics_.previous(id).sorted())
      return differs("count of preceding concepts");
    if (here.members != there.members) return differs("list of members");
    for (const auto& [ours, theirs] : {std::pair{&statistics_, &anew.statistics_}, std::pair{&units_, &anew.units_}}) {
      if (ours->next(id).sorted() != theirs->next(id).sorted()) return differs("count of what follows");
      if (ours->above(id).sorted() != theirs->above(id).sorted()) return differs("count in categories");
      if (ours->under(id) != theirs->under(id) || ours->chosen(id) != theirs->chosen(id))
        return differs("number of times it was chosen");
      if (ours->drawn(id) != theirs->drawn(id) || ours->members(id) != theirs->members(id))
        return differs("number of members drawn");
    }
    const auto slots = std::as_const(slots_).find(id);
    const auto slots_there = std::as_const(anew.slots_).find(id);
    const bool none = slots == slots_.end() || slots->second.empty();
    if (none != (slots_there == anew.slots_.end()) || (!none && slots->second.sorted() != slots_there->second.sorted()))
      return differs("count of what fills its slot");
  }
  return std::nullopt;
}

}  // namespace noema::concepts
