#include "concepts/occurrences.h"

#include <algorithm>
#include <queue>
#include <tuple>

namespace noema::concepts {
namespace {

/// The sense of a unit between two units (or boundaries): the oldest one that a neighbour selects.
ConceptId sense_of(const Nodes& nodes, ConceptId unit, ConceptId before, ConceptId after, ConceptId without) {
  for (const ConceptId id : nodes[unit].as<Unit>()->senses) {
    if (id == without) continue;
    const Sense& sense = *nodes[id].as<Sense>();
    if (std::binary_search(sense.neighbours.begin(), sense.neighbours.end(),
                           sense.side == Side::kBefore ? before : after))
      return id;
  }
  return unit;
}

void choose_senses(const Nodes& nodes, std::span<const ConceptId> units, ConceptId without,
                   std::vector<Mention>& mentions) {
  for (Mention& mention : mentions) {
    if (mention.length != 1) continue;
    const Unit* unit = nodes[mention.node].as<Unit>();
    if (!unit || unit->senses.empty()) continue;
    const std::uint32_t i = mention.offset;
    const bool last = i + 1 == units.size();
    mention.node =
        sense_of(nodes, mention.node, i == 0 ? kBoundary : units[i - 1], last ? kBoundary : units[i + 1], without);
  }
}

/// Joins neighbouring mentions into composites. Pairs that make a composite wait in a queue by the composite's age,
/// then from left to right. A joined pair leaves its second mention with length 0; links skip over those.
class Joiner {
 public:
  Joiner(const Nodes& nodes, std::vector<Mention>& mentions, ConceptId without)
      : nodes_(nodes), mentions_(mentions), without_(without), next_(mentions.size()), previous_(mentions.size()) {
    for (std::uint32_t i = 0; i < mentions.size(); ++i) {
      next_[i] = i + 1;
      previous_[i] = i - 1;  // wraps for the first, which is never followed back
      if (i + 1 < mentions.size()) consider(i, i + 1);
    }
  }

  void join_all() {
    while (!queue_.empty()) {
      const Join join = queue_.top();
      queue_.pop();
      if (still_stands(join)) make(join);
    }
  }

 private:
  struct Join {
    ConceptId made;
    std::uint32_t left, right;
    ConceptId first, second;  // the nodes that stood there
    bool operator>(const Join& other) const { return std::tie(made, left) > std::tie(other.made, other.left); }
  };

  void consider(std::uint32_t left, std::uint32_t right) {
    const auto made = nodes_.joined(mentions_[left].node, mentions_[right].node);
    if (made && *made != without_) queue_.push({*made, left, right, mentions_[left].node, mentions_[right].node});
  }
  bool still_stands(const Join& join) const;
  void make(const Join& join);

  const Nodes& nodes_;
  std::vector<Mention>& mentions_;
  ConceptId without_;
  std::vector<std::uint32_t> next_, previous_;
  std::priority_queue<Join, std::vector<Join>, std::greater<>> queue_;
};

bool Joiner::still_stands(const Join& join) const {
  const Mention& left = mentions_[join.left];
  const Mention& right = mentions_[join.right];
  return left.length != 0 && right.length != 0 && left.node == join.first && right.node == join.second &&
         next_[join.left] == join.right;
}

void Joiner::make(const Join& join) {
  Mention& left = mentions_[join.left];
  Mention& right = mentions_[join.right];
  left = {left.offset, left.length + right.length, join.made};
  right.length = 0;
  next_[join.left] = next_[join.right];
  if (next_[join.left] < mentions_.size()) {
    previous_[next_[join.left]] = join.left;
    consider(join.left, next_[join.left]);
  }
  if (join.left > 0) consider(previous_[join.left], join.left);
}

/// True if the units occur at p, all of them in the episode of the unit before p.
bool units_follow_at(const Stream& stream, Position p, std::span<const ConceptId> units) {
  for (const ConceptId unit : units) {
    if (stream.begins_episode(p) || stream.leaf(p) != unit) return false;
    ++p;
  }
  return true;
}

/// True if the units occur just before p, in the episode of the unit at p.
bool units_precede(const Stream& stream, Position p, std::span<const ConceptId> units) {
  for (auto unit = units.rbegin(); unit != units.rend(); ++unit, --p)
    if (stream.begins_episode(p) || stream.leaf(p - 1) != *unit) return false;
  return true;
}

}  // namespace

std::vector<Mention> divide(const Nodes& nodes, std::span<const ConceptId> units, ConceptId without) {
  const auto count = static_cast<std::uint32_t>(units.size());
  std::vector<Mention> mentions(count);
  for (std::uint32_t i = 0; i < count; ++i) mentions[i] = {i, 1, units[i]};
  if (nodes.joined_nodes() > 0 && count > 1) {
    Joiner(nodes, mentions, without).join_all();
    std::erase_if(mentions, [](const Mention& mention) { return mention.length == 0; });
  }
  choose_senses(nodes, units, without, mentions);
  return mentions;
}

std::vector<Mention> mentions_of(const Stream& stream, std::uint32_t episode) {
  std::vector<Mention> mentions;
  const Position begin = stream.begin(episode);
  const Position end = stream.end(episode);
  for (Position p = begin; p < end;) {
    const Position next = stream.next_mention(p, end);
    mentions.push_back({p - begin, next - p, stream.owner(p)});
    p = next;
  }
  return mentions;
}

ConceptId filler_in(const Schema& schema, std::span<const ConceptId> units, const Mention& mention) {
  return units[schema.slot_first ? mention.offset : mention.offset + mention.length - 1];
}

ConceptId node_before(const Stream& stream, Position p) {
  return stream.begins_episode(p) ? kBoundary : stream.owner(stream.previous_mention(p));
}

ConceptId node_after(const Stream& stream, Position p) {
  return stream.begins_episode(p) ? kBoundary : stream.owner(p);
}

std::vector<Position> unit_occurrences(const Ground& ground, ConceptId first, ConceptId second) {
  const auto& [nodes, stream] = ground;
  const bool by_first = nodes[first].positions.size() <= nodes[second].positions.size();
  const std::vector<ConceptId> other = nodes.units_of(by_first ? second : first);
  const Position length = nodes[first].length;
  std::vector<Position> found;
  for (const Position p : nodes[by_first ? first : second].positions) {
    if (by_first) {
      if (units_follow_at(stream, p + length, other)) found.push_back(p);
    } else if (units_precede(stream, p, other)) {
      found.push_back(p - length);
    }
  }
  return found;
}

std::vector<Position> unit_occurrences(const Ground& ground, const Node& node) {
  if (const Composite* composite = node.as<Composite>())
    return unit_occurrences(ground, composite->first, composite->second);
  const Schema& schema = *node.as<Schema>();
  std::vector<Position> found;
  for (const ConceptId filler : schema.fillers) {
    const auto [first, second] = schema.filled_with(filler);
    const auto own = unit_occurrences(ground, first, second);
    found.insert(found.end(), own.begin(), own.end());
  }
  std::sort(found.begin(), found.end());
  return found;
}

std::vector<Position> joinable(const Ground& ground, const Node& node) {
  const auto& [nodes, stream] = ground;
  const Schema* schema = node.as<Schema>();
  const std::vector<ConceptId> parts = parts_of(node);
  const auto fits = [&, &all = nodes](ConceptId mention, ConceptId part) {
    const ConceptId unit = all.unit_of(mention);
    return schema && part == schema->slot ? schema->may_fill(unit) : unit == part;
  };
  const auto end_of = [&, &all = nodes, &in = stream](Position p) { return p + all[in.owner(p)].length; };
  std::vector<Position> found;
  for (const Position p : unit_occurrences(ground, node)) {
    if (stream.owner(p) == kInside || !fits(stream.owner(p), parts[0])) continue;
    const Position q = end_of(p);
    if (stream.begins_episode(q) || !fits(stream.owner(q), parts[1]) || end_of(q) != p + node.length) continue;
    if (!found.empty() && found.back() + node.length > p) continue;
    found.push_back(p);
  }
  return found;
}

std::vector<Position> selected_by(const Ground& ground, const Sense& sense) {
  const auto& [nodes, stream] = ground;
  const bool before = sense.side == Side::kBefore;
  std::vector<Position> found;
  for (const Position p : nodes[sense.unit].positions) {
    if (stream.owner(p) == kInside || nodes.unit_of(stream.owner(p)) != sense.unit) continue;
    const bool outside = stream.begins_episode(before ? p : p + 1);
    const ConceptId beside = outside ? kBoundary : stream.leaf(before ? p - 1 : p + 1);
    if (std::binary_search(sense.neighbours.begin(), sense.neighbours.end(), beside)) found.push_back(p);
  }
  return found;
}

std::vector<Position> mentions_of(const Ground& ground, std::span<const ConceptId> nodes) {
  std::vector<Position> found;
  for (const ConceptId node : nodes)
    for (const Position p : ground.nodes.positions_of(node))
      if (ground.stream.owner(p) == node) found.push_back(p);
  std::sort(found.begin(), found.end());
  return found;
}

std::vector<std::uint32_t> episodes_of(const Stream& stream, std::span<const Position> positions) {
  std::vector<std::uint32_t> episodes;
  for (const Position p : positions) {
    if (!episodes.empty() && p < stream.end(episodes.back())) continue;
    episodes.push_back(stream.episode_of(p));
  }
  return episodes;
}

}  // namespace noema::concepts
