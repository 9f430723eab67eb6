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
  if (Schema* schema = node.as<Schema>()) schema->resolve(nodes_);
  const bool sound = redirect <= id && std::visit([&](const auto& kind) { return kind.fits(nodes_, id); }, node.kind);
  if (!sound)
    throw base::Error(fmt::format(
        "concept {} of the checkpoint names parts, a redirect or a label that cannot be; run `noema check`", id));
  node.mentions = 0;
  add_node(std::move(node));
  if (nodes_[id].active || nodes_[id].is<Unit>()) nodes_.enter(id);
  if (redirect != id) nodes_.set_redirect(id, redirect);
  return id;
}

void Graph::pass_over(std::size_t size) {
  nodes_.pass_over(size);
  for (const auto& layer : layers_) layer->pass_over(size);
}

void Graph::finish_restoring() {
  const auto& nodes = nodes_;
  for (ConceptId id = 1; id < nodes.size(); ++id) {
    const ConceptId category = nodes[id].category;
    if (category == 0) continue;
    const bool above =
        category < nodes.size() && is_category(nodes, category) && height_of(nodes, category) > height_of(nodes, id);
    if (!above)
      throw base::Error(fmt::format(
          "concept {} of the checkpoint lies in {}, which is no category above it; run `noema check`", id, category));
    nodes_.at(category).as<Category>()->members.push_back(id);
    nodes_.recharge(category);
  }
  GraphChange memberships;
  for (ConceptId id = 1; id < nodes.size(); ++id) {
    if (nodes[id].redirect != id || nodes[id].category == 0) continue;
    memberships.categories.emplace_back(id, nodes[id].category);
    categories_.count_membership(nodes[id], 1);
  }
  apply(memberships);
}

NodeRecord record_of(const GraphView& graph, ConceptId id) {
  const Node& node = graph.node(id);
  NodeRecord record;
  record.id = id;
  record.kind = name_of(node);
  record.label = label_of(graph, id);
  record.redirect = node.redirect == id ? 0 : node.redirect;
  record.mentions = node.mentions;
  record.made_by = node.made_by;
  record.details["active"] = node.active;
  if (node.is_protected) record.details["protected"] = true;
  if (node.category != 0) record.details["category"] = node.category;
  if (const auto others = graph.associates(id).sorted(); !others.empty()) record.details["associates"] = others;
  std::visit([&](const auto& kind) { kind.save(record, node.active); }, node.kind);
  return record;
}

namespace {

/// Names by which nodes are ordered, whatever their ids.
std::vector<std::string> canonical_names(const Nodes& nodes) {
  std::vector<std::string> names(nodes.size());
  const CanonicalName name_of = [&](ConceptId id) -> const std::string& {
    if (names[id].empty())
      names[id] = std::visit([&](const auto& kind) { return kind.canonical_name(name_of); }, nodes[id].kind);
    return names[id];
  };
  for (ConceptId id = 0; id < nodes.size(); ++id)
    if (nodes[id].active) name_of(id);
  return names;
}

/// Adds counts by node in canonical order.
void add_counts(base::Sha256& sha, const CountMap& counts, std::span<const ConceptId> rank) {
  std::vector<std::pair<ConceptId, std::uint32_t>> cells;
  counts.for_each([&](ConceptId to, std::uint32_t count) { cells.emplace_back(rank[to], count); });
  std::sort(cells.begin(), cells.end());
  for (const auto& [to, count] : cells) {
    sha.integer(to);
    sha.integer(count);
  }
}

/// Adds what a node is, without what the layers counted of it.
void add_node(base::Sha256& sha, const Node& node, std::span<const ConceptId> rank) {
  sha.integer(std::visit([]<typename K>(const K&) { return K::kHashCode; }, node.kind));
  for (const ConceptId part : parts_of(node)) sha.integer(rank[part]);
  sha.integer(rank[node.redirect]);
  sha.integer(rank[node.category]);
  std::vector<ConceptId> companions;
  for (const ConceptId id : companions_of(node)) companions.push_back(rank[id]);
  std::sort(companions.begin(), companions.end());
  for (const ConceptId companion : companions) sha.integer(companion);
  sha.integer(node.mentions);
  const Unit* unit = node.as<Unit>();
  auto surfaces = unit ? unit->surfaces : decltype(unit->surfaces){};
  std::sort(surfaces.begin(), surfaces.end());
  for (const auto& [surface, count] : surfaces) {
    sha.text(surface);
    sha.integer(count);
  }
}

}  // namespace

std::string GraphView::hash() const {
  // Canonical order is by name: ids depend on what was thought and undone between.
  const std::vector<std::string> names = canonical_names(nodes_);
  std::vector<ConceptId> order;
  for (ConceptId id = 0; id < nodes_.size(); ++id)
    if (nodes_[id].active) order.push_back(id);
  std::sort(order.begin(), order.end(), [&](ConceptId a, ConceptId b) { return names[a] < names[b]; });
  std::vector<ConceptId> rank(nodes_.size());
  for (std::size_t i = 0; i < order.size(); ++i) rank[order[i]] = static_cast<ConceptId>(i);

  base::Sha256 sha;
  for (const auto& layer : layers_) layer->hash_parameters(sha);
  for (const ConceptId id : order) {
    sha.text(names[id]);
    concepts::add_node(sha, nodes_[id], rank);
    add_counts(sha, associates(id), rank);
    for (const auto& layer : layers_) layer->hash_node(sha, id, rank);
  }
  return sha.hex();
}

namespace {

/// The first thing that a node and the same node made anew do not have in common, or nothing.
std::optional<std::string> difference_of(const Node& here, const Node& there) {
  if (here.mentions != there.mentions)
    return fmt::format("number of mentions ({}, expected {})", here.mentions, there.mentions);
  if (here.positions != there.positions) return "list of positions";
  if (companions_of(here) != companions_of(there)) return "list of members";
  if (here.wholes != there.wholes) return "list of composites and schemas that it is a part of";
  if (here.slot_and_sense_uses != there.slot_and_sense_uses) return "number of slots and senses that use it";
  if (std::multiset(here.forms.begin(), here.forms.end()) != std::multiset(there.forms.begin(), there.forms.end()))
    return "list of forms";
  const Followers* ours = followers_in(here);
  if (!ours) return std::nullopt;
  const Followers* theirs = followers_in(there);
  if (ours->counts.sorted() != theirs->counts.sorted() || ours->total != theirs->total)
    return "count of following units";
  return std::nullopt;
}

/// A node without its counts.
Node bare(const Node& node) {
  Node copy;
  copy.kind = node.kind;
  copy.active = node.active;
  copy.redirect = node.redirect;
  copy.category = node.category;
  copy.made_by = node.made_by;
  copy.is_protected = node.is_protected;
  std::visit([](auto& kind) { kind.clear_counts(); }, copy.kind);
  return copy;
}

}  // namespace

std::optional<std::string> first_difference(const GraphView& graph) {
  const Nodes& nodes = graph.nodes();
  const Stream& stream = graph.stream();
  const auto layers = graph.layers();
  if (auto fault = first_fault(nodes)) return fault;
  Graph anew(graph.options());
  anew.layers_.clear();
  for (const auto& layer : layers) {
    anew.layers_.push_back(layer->empty());
    anew.layers_.back()->add_node(kBoundary, anew.node(kBoundary));
  }
  nodes.for_each([&](ConceptId id) {
    if (id == kBoundary) return;
    anew.pass_over(id);
    anew.restore_node(bare(nodes[id]));
  });
  anew.pass_over(nodes.size());
  anew.finish_restoring();
  anew.start_at(stream.first_episode(), stream.first_position());
  for (std::uint32_t episode = stream.first_episode(); episode < stream.episodes(); ++episode)
    anew.attach(stream.leaves(episode));
  for (ConceptId id = 0; id < nodes.size(); ++id) {
    auto what = difference_of(nodes[id], anew.node(id));
    for (std::size_t i = 0; i < layers.size() && !what; ++i) what = layers[i]->difference(id, *anew.layers()[i]);
    if (what)
      return fmt::format("concept {} ({}): its {} differs from what its episodes say", id, label_of(graph, id), *what);
  }
  if (nodes.concepts() != anew.concepts() || nodes.joined_nodes() != anew.nodes().joined_nodes() ||
      nodes.protected_nodes() != anew.nodes().protected_nodes() || nodes.units() != anew.nodes().units())
    return "the number of concepts differs from the number of nodes that are one";
  if (graph.categories().size() != anew.categories().size() ||
      graph.categories().memberships() != anew.categories().memberships())
    return "the number of categories or memberships differs from what the nodes say";
  return std::nullopt;
}

}  // namespace noema::concepts
