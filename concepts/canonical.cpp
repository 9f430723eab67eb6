// The graph as others see it: restored from a checkpoint, hashed by names, and compared with what its stream says.

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "base/error.h"
#include "base/hash.h"
#include "concepts/graph.h"

namespace noema::concepts {

ConceptId Graph::restore_node(Node node) {
  const auto id = static_cast<ConceptId>(nodes_.size());
  const ConceptId redirect = node.redirect;
  const bool broken = redirect > id ||
                      (node.kind == Kind::kComposite &&
                       (node.first == 0 || node.second == 0 || node.first >= id || node.second >= id)) ||
                      (node.kind == Kind::kSense && (node.label.empty() || find(node.label)));
  if (broken)
    throw base::Error(fmt::format(
        "concept {} of the checkpoint names parts, a redirect or a label that cannot be; run `noema check`", id));
  node.mentions = 0;
  if (node.kind == Kind::kComposite) node.length = nodes_[node.first].length + nodes_[node.second].length;
  const bool active = node.active;
  const bool composite = node.kind == Kind::kComposite;
  add_node(std::move(node));
  if (!active) --concepts_;
  if (composite && active) register_composite(id);
  if (redirect != id) {
    nodes_[id].redirect = redirect;
    nodes_[redirect].forms.push_back(id);
    --concepts_;
  }
  return id;
}

std::string Graph::hash() const {
  // Canonical order is by name: a sense's identity, a composite's units. Ids depend on what was thought and undone
  // between.
  std::vector<std::string> names(nodes_.size());
  for (std::size_t id = 0; id < nodes_.size(); ++id) {
    for (const ConceptId unit : units_of(static_cast<ConceptId>(id))) names[id] += nodes_[unit].label + '\x1f';
  }
  std::vector<ConceptId> order(nodes_.size());
  std::iota(order.begin(), order.end(), 0);
  std::erase_if(order, [&](ConceptId id) { return !nodes_[id].active; });
  std::sort(order.begin(), order.end(), [&](ConceptId a, ConceptId b) { return names[a] < names[b]; });
  std::vector<ConceptId> rank(nodes_.size());
  for (std::size_t i = 0; i < order.size(); ++i) rank[order[i]] = static_cast<ConceptId>(i);

  base::Sha256 sha;
  for (const std::int32_t value : {concentrations_.row_discount, concentrations_.row_strength,
                                   concentrations_.root_discount, concentrations_.root_strength})
    sha.integer(value);
  for (const ConceptId id : order) {
    const Node& node = nodes_[id];
    sha.text(names[id]);
    sha.integer(static_cast<int>(node.kind));
    if (node.kind == Kind::kComposite) {
      sha.integer(rank[node.first]);
      sha.integer(rank[node.second]);
    }
    sha.integer(rank[node.redirect]);
    sha.integer(node.mentions);
    auto surfaces = node.surfaces;
    std::sort(surfaces.begin(), surfaces.end());
    for (const auto& [surface, count] : surfaces) {
      sha.text(surface);
      sha.integer(count);
    }
    std::vector<std::pair<ConceptId, std::uint32_t>> cells;
    statistics_.next(id).for_each([&](ConceptId to, std::uint32_t count) { cells.emplace_back(rank[to], count); });
    std::sort(cells.begin(), cells.end());
    for (const auto& [to, count] : cells) {
      sha.integer(to);
      sha.integer(count);
    }
  }
  return sha.hex();
}

std::optional<std::string> Graph::first_difference() const {
  Graph anew(options_);
  for (std::size_t id = 1; id < nodes_.size(); ++id) {
    Node node;
    node.kind = nodes_[id].kind;
    node.active = nodes_[id].active;
    node.first = nodes_[id].first;
    node.second = nodes_[id].second;
    node.label = nodes_[id].label;
    node.redirect = nodes_[id].redirect;
    anew.restore_node(std::move(node));
  }
  for (std::uint32_t episode = 0; episode < stream_.episodes(); ++episode) anew.attach(stream_.leaves(episode));
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    const auto id = static_cast<ConceptId>(i);
    const Node& here = nodes_[id];
    const Node& there = anew.nodes_[id];
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
    if (continuations_[id] != anew.continuations_[id]) return differs("number of continuations");
  }
  return std::nullopt;
}

}  // namespace noema::concepts
