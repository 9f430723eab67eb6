#include "reasoning/thoughts/split.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/error.h"
#include "reasoning/agenda.h"
#include "reasoning/thoughts/best.h"
#include "reasoning/thoughts/footing.h"

namespace noema::reasoning::thoughts {

using concepts::ConceptId;
using concepts::Graph;
using concepts::Side;

namespace {

constexpr double kSplitPriority = 0.008;
constexpr std::size_t kNeighbours = 12;  // of a unit, that may select a sense of it
constexpr std::size_t kSeeds = 3;        // of those, that a sense may grow from

Side side_in(const Operands& operands) {
  const std::string side = operands.value("side", "");
  if (side != "before" && side != "after")
    throw base::Error(fmt::format("a split of the journal has the side '{}'; run `noema check`", side));
  return side == "before" ? Side::kBefore : Side::kAfter;
}

/// The unit's commonest neighbours on one side, the boundary among them.
std::vector<ConceptId> commonest_neighbours(const Graph& graph, ConceptId unit, Side side) {
  const auto& stream = graph.stream();
  std::map<ConceptId, std::uint64_t> counts;
  for (const concepts::Position p : graph.nodes().positions_of(unit)) {
    if (stream.owner(p) != unit) continue;
    const bool outside = stream.begins_episode(side == Side::kBefore ? p : p + 1);
    ++counts[outside ? concepts::kBoundary : stream.leaf(side == Side::kBefore ? p - 1 : p + 1)];
  }
  std::vector<std::pair<std::uint64_t, ConceptId>> commonest;
  for (const auto& [other, count] : counts) commonest.emplace_back(~count, other);
  std::sort(commonest.begin(), commonest.end());
  if (commonest.size() > kNeighbours) commonest.resize(kNeighbours);
  std::vector<ConceptId> found;
  for (const auto& [count, other] : commonest) found.push_back(other);
  return found;
}

/// Grows a set of neighbours from one of them, as long as each more gains.
std::vector<ConceptId> grow(const Graph& graph, ConceptId unit, Side side, const std::vector<ConceptId>& neighbours,
                            std::size_t seed) {
  std::vector<ConceptId> selecting{neighbours[seed]};
  double gain = -1e300;
  const auto try_with = [&](ConceptId other) {
    std::vector<ConceptId> more = selecting;
    if (other != selecting.front() || selecting.size() > 1) more.push_back(other);
    std::sort(more.begin(), more.end());
    const auto proposal = propose_split(graph, unit, side, more);
    if (!proposal || proposal->gain_bits <= gain) return;
    gain = proposal->gain_bits;
    selecting = std::move(more);
  };
  try_with(selecting.front());
  for (std::size_t i = 0; i < neighbours.size(); ++i)
    if (i != seed) try_with(neighbours[i]);
  return selecting;
}

class Split final : public ThoughtKind {
 public:
  std::string_view name() const override { return "split"; }
  std::string_view help() const override {
    return "Give a unit another sense, selected by the neighbours on one side.";
  }
  std::string_view fields() const override { return "unit, side, neighbours: those that select the sense"; }

  void notice(const NoticedMention& mention, const Milestones& milestones, const KindSet&,
              Agenda& agenda) const override {
    if (is_milestone(mention.graph.node(mention.node).mentions, milestones.split))
      agenda.suggest({this, mention.graph.nodes().unit_of(mention.node), 0, kSplitPriority * mention.grown});
  }

  std::optional<Thought> examine(const Graph& graph, const Suggestion& suggestion, const KindSet&) const override {
    const ConceptId unit = suggestion.subject;
    if (!is_active(graph, unit)) return std::nullopt;
    const auto& node = graph.node(unit);
    if (!node.is<concepts::Unit>() || node.redirect != unit ||
        graph.nodes().positions_of(unit).size() > graph.options().max_redirected)
      return std::nullopt;
    Best best(graph);
    for (const Side side : {Side::kBefore, Side::kAfter}) {
      const std::vector<ConceptId> neighbours = commonest_neighbours(graph, unit, side);
      for (std::size_t seed = 0; seed < std::min(kSeeds, neighbours.size()); ++seed)
        best.consider(*this, split_of(unit, side, grow(graph, unit, side, neighbours, seed)));
    }
    auto thought = best.thought();
    if (thought) thought->examined = 2 * kSeeds * kNeighbours;
    return thought;
  }
  std::optional<Weighed> weigh(const Graph& graph, const Operands& operands) const override {
    const ConceptId unit = id_in(operands, "unit");
    const auto neighbours = ids_in(operands, "neighbours");
    for (const ConceptId neighbour : neighbours)
      if (!is_active(graph, neighbour)) return std::nullopt;
    if (!is_active(graph, unit)) return std::nullopt;
    return propose_split(graph, unit, side_in(operands), neighbours);
  }

  void settle(const Graph& graph, Thought& thought) const override {
    thought.result = static_cast<ConceptId>(graph.size());
  }
  void apply(Graph& graph, const Thought& thought, const Past&) const override {
    graph.split(id_in(thought.operands, "unit"), side_in(thought.operands), ids_in(thought.operands, "neighbours"),
                thought.number);
  }
  void undo(Graph& graph, const Thought& thought, const Past&) const override { graph.dissolve(thought.result); }

  std::vector<ConceptRole> concepts(const Graph&, const Thought& thought) const override {
    std::vector<ConceptRole> roles{{thought.result, Role::kMade}, {id_in(thought.operands, "unit"), Role::kAbout}};
    for (const ConceptId neighbour : ids_in(thought.operands, "neighbours")) roles.push_back({neighbour, Role::kNeeds});
    return roles;
  }
  Footing footing(const Graph&, const Thought& thought) const override {
    Footing footing{{existence_of(thought.result)}, {existence_of(id_in(thought.operands, "unit"))}, {}};
    for (const ConceptId neighbour : ids_in(thought.operands, "neighbours"))
      footing.relies_on.push_back(existence_of(neighbour));
    return footing;
  }

  std::string tell(const Thought& thought, const Labels& labels) const override {
    std::string neighbours;
    for (const ConceptId neighbour : ids_in(thought.operands, "neighbours"))
      neighbours += (neighbours.empty() ? "" : ", ") +
                    (neighbour == concepts::kBoundary ? std::string("the line's edge") : labels(neighbour));
    return fmt::format("{} {} {}", labels(id_in(thought.operands, "unit")),
                       side_in(thought.operands) == Side::kBefore ? "after" : "before", neighbours);
  }

  std::optional<Operands> draw(const Graph& graph, base::Rng& rng) const override {
    const auto unit = draw_node(graph, rng);
    if (!unit || !graph.node(*unit).is<concepts::Unit>()) return std::nullopt;
    const Side side = rng.uniform() < 0.5 ? Side::kBefore : Side::kAfter;
    const std::vector<ConceptId> neighbours = commonest_neighbours(graph, *unit, side);
    if (neighbours.empty()) return std::nullopt;
    return split_of(*unit, side, std::vector<ConceptId>{neighbours[rng.below(neighbours.size())]});
  }
};

}  // namespace

const ThoughtKind& split() {
  static const Split kKind;
  return kKind;
}

Operands split_of(ConceptId unit, Side side, std::span<const ConceptId> neighbours) {
  return {{"unit", unit},
          {"side", side == Side::kBefore ? "before" : "after"},
          {"neighbours", std::vector<ConceptId>(neighbours.begin(), neighbours.end())}};
}

}  // namespace noema::reasoning::thoughts
