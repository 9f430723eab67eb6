#include "concepts/graph.h"

#include <algorithm>

namespace noema::concepts {

Graph::Graph(const GraphOptions& options) : GraphView(options) {
  layers_.push_back(std::make_unique<SequenceLayer>());
  for (const LayerMaker& make : options.further_layers) layers_.push_back(make());
  Node boundary;
  boundary.kind = Unit{.label = "\n", .surfaces = {}, .senses = {}};
  nodes_.enter(add_node(std::move(boundary)));
}

// --- Nodes and layers ----------------------------------------------------------------------------------------------

ConceptId Graph::add_node(Node node) {
  const ConceptId id = nodes_.add(std::move(node));
  for (const auto& layer : layers_) layer->add_node(id, nodes_[id]);
  categories_.count(nodes_[id].active && nodes_[id].is<Category>());
  return id;
}

void Graph::add_layer(std::unique_ptr<Layer> layer) {
  for (ConceptId id = 0; id < nodes_.size(); ++id) {
    if (nodes_.holds(id))
      layer->add_node(id, nodes_[id]);
    else
      layer->pass_over(id + std::size_t{1});
  }
  GraphChange memberships;
  for (ConceptId id = 1; id < nodes_.size(); ++id)
    if (nodes_[id].redirect == id && nodes_[id].category != 0)
      memberships.categories.emplace_back(id, nodes_[id].category);
  std::vector<ConceptId> touched;
  layer->apply(ground(), Effect(ground(), memberships), touched);
  for (std::uint32_t e = stream_.first_episode(); e < stream_.episodes(); ++e)
    layer->attach(ground(), {e, stream_.leaves(e), mentions_of(stream_, e)}, touched);
  layers_.push_back(std::move(layer));
  ++version_;
}

// --- Perceiving ----------------------------------------------------------------------------------------------------

ConceptId Graph::perceive_unit(std::string_view identity, std::string_view surface) {
  ConceptId id = kBoundary;
  if (const auto known = find(identity)) {
    id = *known;
  } else {
    Node node;
    node.kind = Unit{.label = std::string(identity), .surfaces = {}, .senses = {}};
    id = add_node(std::move(node));
    nodes_.enter(id);
  }
  add_surface(id, surface);
  return id;
}

/// One more writing of a unit.
void Graph::add_surface(ConceptId id, std::string_view surface) {
  ++version_;
  auto& surfaces = nodes_.at(id).as<Unit>()->surfaces;
  const auto known =
      std::find_if(surfaces.begin(), surfaces.end(), [&](const auto& one) { return one.first == surface; });
  if (known == surfaces.end())
    surfaces.emplace_back(surface, 1);
  else
    ++known->second;
  nodes_.touch(id);
}

std::uint32_t Graph::attach(std::span<const ConceptId> units) {
  const std::uint32_t episode = stream_.append(units);
  count_episode(episode);
  return episode;
}

/// Counts an episode that stands in the stream, and divides it into mentions.
void Graph::count_episode(std::uint32_t episode, EarlierPositions* earlier) {
  const auto units = stream_.leaves(episode);
  const Position begin = stream_.begin(episode);
  count_followers(units, begin, earlier);
  const std::vector<Mention> mentions = concepts::divide(nodes_, units);
  std::vector<ConceptId> touched;
  for (const Mention& mention : mentions) {
    stream_.cover(begin + mention.offset, mention.length, mention.node);
    ++nodes_.at(mention.node).mentions;
    touched.push_back(mention.node);
  }
  ++nodes_.at(kBoundary).mentions;
  for (const auto& layer : layers_) layer->attach(ground(), {episode, units, mentions}, touched);
  for (const ConceptId id : touched) nodes_.mark(id);
  ++version_;
}

/// Counts, for every node whose units end at some unit of the episode, the unit that came next, and adds the place of
/// its units: at the end of its positions or, if `earlier` is given, there.
void Graph::count_followers(std::span<const ConceptId> units, Position begin, EarlierPositions* earlier) {
  const auto occurs = [&](ConceptId id, Position p) {
    if (earlier)
      (*earlier)[id].push_back(p);
    else
      nodes_.add_position(id, p);
  };
  for (std::size_t i = 0; i < units.size(); ++i) {
    const ConceptId next = i + 1 < units.size() ? units[i + 1] : kBoundary;
    const auto end = begin + static_cast<Position>(i + 1);
    if (nodes_[units[i]].as<Unit>()->longest_ending == 1) {
      occurs(units[i], end - 1);
      continue;
    }
    for (const ConceptId context : nodes_.contexts(units.first(i + 1))) {
      occurs(context, end - nodes_[context].length);
      if (Followers* followers = followers_in(nodes_.at(context))) {
        followers->add(next, 1);
        nodes_.recharge(context);
      }
    }
  }
}

// --- Changing -------------------------------------------------------------------------------------------------------

/// Tells the layers, then changes mentions and stream. Nodes, their redirects and categories are the caller's.
void Graph::apply(const GraphChange& change) {
  const Effect effect(ground(), change);
  std::vector<ConceptId> touched;
  for (const auto& layer : layers_) layer->apply(ground(), effect, touched);
  for (const auto& [node, delta] : effect.mentions) {
    nodes_.at(node).mentions = static_cast<std::uint32_t>(nodes_[node].mentions + delta);
    touched.push_back(node);
  }
  for (const Rewrite& rewrite : change.rewrites) {
    Position p = rewrite.begin;
    for (std::uint32_t i = 0; i < rewrite.count; ++i) {
      const NewMention& mention = change.mentions[rewrite.first + i];
      stream_.cover(p, mention.length, mention.node);
      p += mention.length;
    }
  }
  ++version_;
  touch_all(touched);
}

}  // namespace noema::concepts
