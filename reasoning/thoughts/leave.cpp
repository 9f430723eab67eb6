#include "reasoning/thoughts/leave.h"

#include <fmt/format.h>

#include "reasoning/agenda.h"
#include "reasoning/thoughts/footing.h"

namespace noema::reasoning::thoughts {

using concepts::ConceptId;
using concepts::Graph;

namespace {

class Leave final : public ThoughtKind {
 public:
  std::string_view name() const override { return "leave"; }
  std::string_view help() const override { return "Take a concept or category out of the category it lies in."; }
  std::string_view fields() const override { return "member: who leaves"; }

  std::optional<Weighed> weigh(const Graph& graph, const Operands& operands) const override {
    const ConceptId member = id_in(operands, "member");
    if (!is_active(graph, member)) return std::nullopt;
    return propose_membership(graph, member, 0);
  }

  void settle(const Graph& graph, Thought& thought) const override {
    thought.result = id_in(thought.operands, "member");
    thought.before = {{"category", graph.node(thought.result).category}};
  }
  void apply(Graph& graph, const Thought& thought, const Past&) const override {
    graph.set_category(id_in(thought.operands, "member"), 0);
  }
  void undo(Graph& graph, const Thought& thought, const Past&) const override {
    graph.set_category(id_in(thought.operands, "member"), id_in(thought.before, "category"));
  }

  std::vector<ConceptRole> concepts(const Graph&, const Thought& thought) const override {
    return {{id_in(thought.operands, "member"), Role::kAbout}, {id_in(thought.before, "category"), Role::kAbout}};
  }
  Footing footing(const Graph&, const Thought& thought) const override {
    const ConceptId member = id_in(thought.operands, "member"), category = id_in(thought.before, "category");
    return {{place_of(member)}, {existence_of(member)}, {existence_of(member), existence_of(category)}};
  }

  std::string tell(const Thought& thought, const Labels& labels) const override {
    return fmt::format("{} out of {}", labels(id_in(thought.operands, "member")),
                       labels(id_in(thought.before, "category")));
  }

  std::optional<Operands> draw(const Graph& graph, base::Rng& rng) const override {
    const auto category = draw_category(graph, rng);
    if (!category || category_members(graph.node(*category)).empty()) return std::nullopt;
    const auto& members = category_members(graph.node(*category));
    return leave_of(members[rng.below(members.size())]);
  }
};

}  // namespace

const ThoughtKind& leave() {
  static const Leave kKind;
  return kKind;
}

Operands leave_of(ConceptId member) { return {{"member", member}}; }

}  // namespace noema::reasoning::thoughts
