#include "reasoning/thoughts/dissolve.h"

#include <fmt/format.h>

#include "reasoning/agenda.h"
#include "reasoning/thoughts/footing.h"
#include "reasoning/thoughts/leave.h"

namespace noema::reasoning::thoughts {

using concepts::ConceptId;
using concepts::Graph;

namespace {

constexpr double kDissolvePriority = 0.005;

class Dissolve final : public ThoughtKind {
 public:
  std::string_view name() const override { return "dissolve"; }
  std::string_view help() const override {
    return "Do without a composite, schema, sense or category that does not pay for its bits.";
  }
  std::string_view fields() const override { return "node: what dissolves"; }

  void notice(const NoticedMention& mention, const Milestones& milestones, const KindSet&,
              Agenda& agenda) const override {
    const auto& node = mention.graph.node(mention.node);
    if (node.made_by != 0 && is_milestone(node.mentions, milestones.dissolve))
      agenda.suggest({this, mention.node, 0, kDissolvePriority * mention.grown});
  }
  void notice(const Graph& graph, const Thought& thought, const Milestones&, const KindSet&,
              Agenda& agenda) const override {
    if (thought.kind != &leave()) return;
    const auto& node = graph.node(thought.result);
    if (node.active && node.is<concepts::Category>() && category_members(node).size() < 2)
      agenda.suggest({this, thought.result, 0, kDissolvePriority});
  }

  std::optional<Thought> examine(const Graph& graph, const Suggestion& suggestion, const KindSet&) const override {
    return weighed(graph, *this, dissolve_of(suggestion.subject));
  }
  std::optional<Weighed> weigh(const Graph& graph, const Operands& operands) const override {
    const ConceptId node = id_in(operands, "node");
    if (!is_active(graph, node)) return std::nullopt;
    return propose_dissolution(graph, node);
  }

  void settle(const Graph& graph, Thought& thought) const override {
    thought.result = id_in(thought.operands, "node");
    const auto& node = graph.node(thought.result);
    if (const auto* category = node.as<concepts::Category>()) thought.before = {{"members", category->members}};
  }
  void apply(Graph& graph, const Thought& thought, const Past&) const override {
    graph.dissolve(id_in(thought.operands, "node"));
  }
  void undo(Graph& graph, const Thought& thought, const Past&) const override {
    const ConceptId node = id_in(thought.operands, "node");
    graph.revive(node);
    for (const ConceptId member : members_before(thought)) graph.set_category(member, node);
  }

  std::vector<ConceptRole> concepts(const Graph& graph, const Thought& thought) const override {
    const ConceptId id = id_in(thought.operands, "node");
    std::vector<ConceptRole> roles{{id, Role::kAbout}};
    for (const ConceptId member : members_before(thought)) roles.push_back({member, Role::kAbout});
    for (const ConceptId ground : ground_of(graph, id)) roles.push_back({ground, Role::kNeeds});
    return roles;
  }
  Footing footing(const Graph& graph, const Thought& thought) const override {
    const ConceptId id = id_in(thought.operands, "node");
    Footing footing{{existence_of(id)}, {}, {existence_of(id)}};
    for (const ConceptId member : members_before(thought)) {
      footing.changes.push_back(place_of(member));
      footing.undo_relies_on.push_back(existence_of(member));
    }
    for (const ConceptId ground : ground_of(graph, id)) footing.undo_relies_on.push_back(existence_of(ground));
    if (!graph.still_has(id)) return footing;
    const auto& node = graph.node(id);
    if (const std::vector<ConceptId> parts = parts_of(node); !parts.empty()) {
      const auto* schema = node.as<concepts::Schema>();
      for (const Facet& wording :
           wordings_of(graph, parts[0], parts[1], schema ? schema->fillers : std::vector<ConceptId>{}))
        footing.changes.push_back(wording);
    }
    return footing;
  }

  std::string tell(const Thought& thought, const Labels& labels) const override {
    return labels(id_in(thought.operands, "node"));
  }

  std::optional<Operands> draw(const Graph& graph, base::Rng& rng) const override {
    const auto node = draw_node(graph, rng);
    if (!node) return std::nullopt;
    return dissolve_of(*node);
  }

 private:
  static std::vector<ConceptId> members_before(const Thought& thought) {
    return thought.before.contains("members") ? ids_in(thought.before, "members") : std::vector<ConceptId>{};
  }
  /// What the node is made of, down to its units: it comes back only while all of that is there.
  static std::vector<ConceptId> ground_of(const Graph& graph, ConceptId id) {
    if (!graph.still_has(id)) return {};
    const auto& node = graph.node(id);
    std::vector<ConceptId> ground = named_by(node);
    if (const std::vector<ConceptId> parts = parts_of(node); !parts.empty()) {
      const std::vector<ConceptId> units = joined_units(graph, parts[0], parts[1]);
      ground.insert(ground.end(), units.begin(), units.end());
    }
    return ground;
  }
};

}  // namespace

const ThoughtKind& dissolve() {
  static const Dissolve kKind;
  return kKind;
}

Operands dissolve_of(ConceptId node) { return {{"node", node}}; }

}  // namespace noema::reasoning::thoughts
