#include "reasoning/thoughts/keep.h"

#include "reasoning/thoughts/footing.h"

namespace noema::reasoning::thoughts {

using concepts::ConceptId;
using concepts::Graph;

namespace {

class Keep final : public ThoughtKind {
 public:
  std::string_view name() const override { return "keep"; }
  std::string_view help() const override {
    return "Keep a concept that thinking made, on a person's word: no thought dissolves it any more.";
  }
  std::string_view fields() const override { return "node: what is kept"; }

  /// It is no part of L: nothing gets shorter or longer. Nothing for a unit, and for what is kept already.
  std::optional<Weighed> weigh(const Graph& graph, const Operands& operands) const override {
    const ConceptId id = id_in(operands, "node");
    if (!is_active(graph, id) || graph.node(id).made_by == 0 || graph.node(id).is_protected) return std::nullopt;
    return Weighed{};
  }
  bool is_decided_by_description() const override { return false; }

  void settle(const Graph&, Thought& thought) const override { thought.result = id_in(thought.operands, "node"); }
  void apply(Graph& graph, const Thought& thought, const Past&) const override {
    graph.protect(id_in(thought.operands, "node"));
  }
  void undo(Graph& graph, const Thought& thought, const Past&) const override {
    graph.unprotect(id_in(thought.operands, "node"));
  }

  std::vector<ConceptRole> concepts(const Graph&, const Thought& thought) const override {
    return {{id_in(thought.operands, "node"), Role::kAbout}};
  }
  Footing footing(const Graph&, const Thought& thought) const override {
    const Facet node = existence_of(id_in(thought.operands, "node"));
    return {{}, {node}, {node}};
  }

  std::string tell(const Thought& thought, const Labels& labels) const override {
    return labels(id_in(thought.operands, "node"));
  }

  std::optional<Operands> draw(const Graph& graph, base::Rng& rng) const override {
    const auto node = draw_node(graph, rng);
    if (!node) return std::nullopt;
    return keep_of(*node);
  }
};

}  // namespace

const ThoughtKind& keep() {
  static const Keep kKind;
  return kKind;
}

Operands keep_of(ConceptId node) { return {{"node", node}}; }

}  // namespace noema::reasoning::thoughts
