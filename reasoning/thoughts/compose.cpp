#include "reasoning/thoughts/compose.h"

#include <fmt/format.h>

#include "base/numbers.h"
#include "reasoning/agenda.h"
#include "reasoning/thoughts/footing.h"

namespace noema::reasoning::thoughts {

using concepts::ConceptId;
using concepts::Graph;
using concepts::kBoundary;

namespace {

class Compose final : public ThoughtKind {
 public:
  std::string_view name() const override { return "compose"; }
  std::string_view help() const override { return "Make one unit of two that recur side by side, in order."; }
  std::string_view fields() const override { return "first, second: the parts"; }

  void notice(const NoticedMention& mention, const Milestones& milestones, const KindSet&,
              Agenda& agenda) const override {
    if (mention.previous == kBoundary) return;
    const ConceptId before = mention.graph.concept_of(mention.previous);
    if (is_milestone(mention.graph.statistics().next(before)[mention.concept_id], milestones.pair))
      suggest(mention.graph, mention.previous, mention.node, agenda);
  }

  void notice(const Graph& graph, const Thought& thought, const Milestones& milestones, const KindSet&,
              Agenda& agenda) const override {
    if (thought.kind != this) return;
    for (const auto& [other, count] : graph.statistics().next(thought.result).sorted())
      if (count >= milestones.pair) suggest(graph, thought.result, other, agenda);
    for (const auto& [other, count] : graph.statistics().previous(thought.result).sorted())
      if (count >= milestones.pair) suggest(graph, other, thought.result, agenda);
  }

  std::optional<Thought> examine(const Graph& graph, const Suggestion& suggestion, const KindSet&) const override {
    return weighed(graph, *this, compose_of(suggestion.subject, suggestion.partner));
  }
  std::optional<Weighed> weigh(const Graph& graph, const Operands& operands) const override {
    const ConceptId first = id_in(operands, "first"), second = id_in(operands, "second");
    if (!is_active(graph, first) || !is_active(graph, second)) return std::nullopt;
    return propose_composite(graph, first, second);
  }

  void settle(const Graph& graph, Thought& thought) const override {
    thought.result = static_cast<ConceptId>(graph.size());
  }
  void apply(Graph& graph, const Thought& thought, const Past&) const override {
    graph.compose(id_in(thought.operands, "first"), id_in(thought.operands, "second"), thought.number);
  }
  void undo(Graph& graph, const Thought& thought, const Past&) const override { graph.dissolve(thought.result); }

  std::vector<ConceptRole> concepts(const Graph& graph, const Thought& thought) const override {
    const ConceptId first = id_in(thought.operands, "first"), second = id_in(thought.operands, "second");
    std::vector<ConceptRole> roles{{thought.result, Role::kMade}, {first, Role::kAbout}, {second, Role::kAbout}};
    for (const ConceptId unit : joined_units(graph, first, second)) roles.push_back({unit, Role::kNeeds});
    return roles;
  }
  Footing footing(const Graph& graph, const Thought& thought) const override {
    const ConceptId first = id_in(thought.operands, "first"), second = id_in(thought.operands, "second");
    Footing footing{{existence_of(thought.result)}, {existence_of(first), existence_of(second)}, {}};
    for (const Facet& wording : wordings_of(graph, first, second, {})) footing.changes.push_back(wording);
    return footing;
  }

  std::string tell(const Thought& thought, const Labels& labels) const override {
    return fmt::format("{} + {} -> {}", labels(id_in(thought.operands, "first")),
                       labels(id_in(thought.operands, "second")), labels(thought.result));
  }

  std::optional<Operands> draw(const Graph& graph, base::Rng& rng) const override {
    const auto first = draw_node(graph, rng), second = draw_node(graph, rng);
    if (!first || !second) return std::nullopt;
    return compose_of(*first, *second);
  }

 private:
  /// A pair that stands together more often than by chance is worth a look: its expected gain is its mutual information
  /// less what a node costs.
  void suggest(const Graph& graph, ConceptId first, ConceptId second, Agenda& agenda) const {
    if (first == kBoundary || second == kBoundary) return;
    const ConceptId a = graph.concept_of(first), b = graph.concept_of(second);
    const auto& statistics = graph.statistics();
    const double count = statistics.next(a)[b];
    if (count == 0) return;
    const double information = base::bits_of(
        base::exact_log(count * static_cast<double>(statistics.mentions()) /
                        (static_cast<double>(statistics.total(a)) * static_cast<double>(statistics.total(b)))));
    const double gain = count * information - concepts::composite_bits(graph.size());
    if (gain <= 0) return;
    const ConceptId left = graph.nodes().unit_of(first), right = graph.nodes().unit_of(second);
    const auto touched = std::min(graph.nodes().positions_of(left).size(), graph.nodes().positions_of(right).size());
    agenda.suggest({this, left, right, gain / static_cast<double>(touched + 16)});
  }
};

}  // namespace

const ThoughtKind& compose() {
  static const Compose kKind;
  return kKind;
}

Operands compose_of(ConceptId first, ConceptId second) { return {{"first", first}, {"second", second}}; }

}  // namespace noema::reasoning::thoughts
