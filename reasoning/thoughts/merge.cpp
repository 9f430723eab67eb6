#include "reasoning/thoughts/merge.h"

#include <fmt/format.h>

#include "reasoning/thoughts/footing.h"

namespace noema::reasoning::thoughts {

using concepts::ConceptId;
using concepts::Graph;

namespace {

class Merge final : public ThoughtKind {
 public:
  std::string_view name() const override { return "merge"; }
  std::string_view help() const override {
    return "Two names mean one thing, as what was told of them shows: the younger becomes a form of the older.";
  }
  std::string_view fields() const override { return "from, into: the concepts"; }

  std::optional<Weighed> weigh(const Graph& graph, const Operands& operands) const override {
    const ConceptId from = id_in(operands, "from"), into = id_in(operands, "into");
    if (!is_active(graph, from) || !is_active(graph, into)) return std::nullopt;
    return propose_redirect(graph, from, into);
  }
  bool is_decided_by_description() const override { return false; }

  void settle(const Graph&, Thought& thought) const override { thought.result = id_in(thought.operands, "into"); }
  void apply(Graph& graph, const Thought& thought, const Past&) const override {
    graph.redirect(id_in(thought.operands, "from"), id_in(thought.operands, "into"));
  }
  void undo(Graph& graph, const Thought& thought, const Past&) const override {
    graph.restore(id_in(thought.operands, "from"));
  }

  std::vector<ConceptRole> concepts(const Graph&, const Thought& thought) const override {
    return {{id_in(thought.operands, "from"), Role::kAbout}, {id_in(thought.operands, "into"), Role::kAbout}};
  }
  Footing footing(const Graph&, const Thought& thought) const override {
    const ConceptId from = id_in(thought.operands, "from"), into = id_in(thought.operands, "into");
    return {{identity_of(from)}, {existence_of(from), existence_of(into)}, {existence_of(from), existence_of(into)}};
  }

  std::string tell(const Thought& thought, const Labels& labels) const override {
    return fmt::format("{} = {}", labels(id_in(thought.operands, "from")), labels(id_in(thought.operands, "into")));
  }

  std::optional<Operands> draw(const Graph& graph, base::Rng& rng) const override {
    const auto a = draw_node(graph, rng), b = draw_node(graph, rng);
    if (!a || !b || *a == *b) return std::nullopt;
    return merge_of(*a, *b);
  }
};

}  // namespace

const ThoughtKind& merge() {
  static const Merge kKind;
  return kKind;
}

Operands merge_of(ConceptId a, ConceptId b) { return {{"from", std::max(a, b)}, {"into", std::min(a, b)}}; }

}  // namespace noema::reasoning::thoughts
