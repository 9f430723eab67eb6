#include "concepts/change.h"

#include <algorithm>

namespace noema::concepts {
namespace {

/// Turns windows of the stream into counts.
class Tally {
 public:
  Tally(const Ground& ground, Effect& effect) : nodes_(ground.nodes), stream_(ground.stream), effect_(effect) {}

  /// Neighbouring windows share the pair at their border: it is counted with the second of them.
  void add(const Rewrite& rewrite, const Rewrite* before, const Rewrite* after) {
    const bool joined_before = before && before->end == rewrite.begin && !stream_.begins_episode(rewrite.begin);
    const bool joined_after = after && after->begin == rewrite.end && !stream_.begins_episode(rewrite.end);
    const ConceptId x = concept_before(rewrite.begin);
    const ConceptId y = joined_after ? kBoundary : concept_after(rewrite.end);
    ConceptId last = remove(rewrite, x);
    if (!joined_after) effect_.pairs.push_back({last, y, -1});
    last = insert(rewrite, joined_before ? last_new_ : x);
    if (!joined_after) effect_.pairs.push_back({last, y, 1});
    last_new_ = last;
  }

  void detach(std::uint32_t episode) {
    const Position begin = stream_.begin(episode);
    const ConceptId last = remove({begin, stream_.end(episode), 0, 0}, kBoundary);
    effect_.pairs.push_back({last, kBoundary, -1});
  }

 private:
  ConceptId concept_before(Position p) const { return nodes_.concept_of(node_before(stream_, p)); }
  ConceptId concept_after(Position p) const { return nodes_.concept_of(node_after(stream_, p)); }

  /// Takes the mentions of a window away, each with the pair before it; returns the last one's concept.
  ConceptId remove(const Rewrite& window, ConceptId previous) {
    const bool unchanged = keeps_nodes(window);
    for (Position p = window.begin; p < window.end;) {
      const ConceptId node = stream_.owner(p);
      const ConceptId current = nodes_.concept_of(node);
      effect_.pairs.push_back({previous, current, -1});
      const std::uint32_t length = nodes_[node].length;
      if (!unchanged) count(node, p, length, -1);
      previous = current;
      p += length;
    }
    return previous;
  }

  ConceptId insert(const Rewrite& window, ConceptId previous) {
    const bool unchanged = keeps_nodes(window);
    Position p = window.begin;
    for (std::uint32_t i = 0; i < window.count; ++i) {
      const NewMention& mention = effect_.change.mentions[window.first + i];
      effect_.pairs.push_back({previous, mention.concept_id, 1});
      if (!unchanged) count(mention.node, p, mention.length, 1);
      previous = mention.concept_id;
      p += mention.length;
    }
    return previous;
  }

  /// True for a window of one mention whose node stays: only its concept changes.
  bool keeps_nodes(const Rewrite& window) const {
    if (window.count != 1) return false;
    const NewMention& mention = effect_.change.mentions[window.first];
    return stream_.owner(window.begin) == mention.node && mention.length == window.end - window.begin;
  }

  void count(ConceptId node, Position p, std::uint32_t length, int sign) {
    effect_.mentions.emplace_back(node, sign);
    const auto& [made, made_schema] = effect_.change.made_schema;
    const Schema* schema = made_schema && node == made ? made_schema
                           : node < nodes_.size()      ? nodes_[node].as<Schema>()
                                                       : nullptr;
    if (schema) effect_.slots[{node, stream_.leaf(schema->slot_first ? p : p + length - 1)}] += sign;
  }

  const Nodes& nodes_;
  const Stream& stream_;
  Effect& effect_;
  ConceptId last_new_ = kBoundary;  // the last new mention of the window before
};

void add_up(std::vector<std::pair<ConceptId, std::int64_t>>& mentions) {
  std::sort(mentions.begin(), mentions.end());
  std::size_t kept = 0;
  for (std::size_t i = 0; i < mentions.size();) {
    auto sum = mentions[i];
    for (++i; i < mentions.size() && mentions[i].first == sum.first; ++i) sum.second += mentions[i].second;
    if (sum.second != 0) mentions[kept++] = sum;
  }
  mentions.resize(kept);
}

}  // namespace

void GraphChange::rewrite(Position begin, Position end, std::span<const NewMention> into) {
  rewrites.push_back(
      {begin, end, static_cast<std::uint32_t>(mentions.size()), static_cast<std::uint32_t>(into.size())});
  mentions.insert(mentions.end(), into.begin(), into.end());
}

GraphChange joining(const Node& node, ConceptId made, std::span<const Position> occurrences) {
  GraphChange change;
  change.rewrites.reserve(occurrences.size());
  const NewMention mention{made, made, node.length};
  for (const Position p : occurrences) change.rewrite(p, p + node.length, {&mention, 1});
  return change;
}

GraphChange reassigning(const Ground& ground, std::span<const Position> mentions, ConceptId concept_id) {
  GraphChange change;
  change.rewrites.reserve(mentions.size());
  for (const Position p : mentions) {
    const ConceptId node = ground.stream.owner(p);
    const NewMention mention{node, concept_id, ground.nodes[node].length};
    change.rewrite(p, p + mention.length, {&mention, 1});
  }
  return change;
}

GraphChange dividing_anew(const Ground& ground, std::span<const std::uint32_t> episodes, ConceptId without) {
  const auto& [nodes, stream] = ground;
  GraphChange change;
  for (const std::uint32_t episode : episodes) {
    std::vector<NewMention> mentions;
    for (const Mention& mention : divide(nodes, stream.leaves(episode), without))
      mentions.push_back({mention.node, nodes.concept_of(mention.node), mention.length});
    change.rewrite(stream.begin(episode), stream.end(episode), mentions);
  }
  return change;
}

Effect::Effect(const Ground& ground, const GraphChange& graph_change) : change(graph_change) {
  Tally tally(ground, *this);
  const auto& windows = change.rewrites;
  for (std::size_t i = 0; i < windows.size(); ++i)
    tally.add(windows[i], i > 0 ? &windows[i - 1] : nullptr, i + 1 < windows.size() ? &windows[i + 1] : nullptr);
  for (std::uint32_t e = change.first_detached; e < change.end_detached; ++e) tally.detach(e);
  normalise(pairs);
  add_up(mentions);
}

}  // namespace noema::concepts
