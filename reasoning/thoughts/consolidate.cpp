#include "reasoning/thoughts/consolidate.h"

namespace noema::reasoning::thoughts {

using concepts::Graph;

namespace {

class Consolidate final : public ThoughtKind {
 public:
  std::string_view name() const override { return "consolidate"; }
  std::string_view help() const override {
    return "Practise stored inputs into the weights of the predictive copy; kept if held-out inputs get shorter.";
  }
  std::string_view fields() const override { return "none"; }

  std::optional<Weighed> weigh(const Graph&, const Operands&) const override { return std::nullopt; }
  bool is_decided_by_description() const override { return false; }
  bool changes_graph() const override { return false; }

  void settle(const Graph&, Thought&) const override {}
  void apply(Graph&, const Thought&, const Past&) const override {}
  void undo(Graph&, const Thought&, const Past&) const override {}

  std::vector<ConceptRole> concepts(const Graph&, const Thought&) const override { return {}; }
  Footing footing(const Graph&, const Thought&) const override { return {{{Facet::Of::kWeights, 0}}, {}, {}}; }

  std::string tell(const Thought&, const Labels&) const override { return "weights"; }
};

}  // namespace

const ThoughtKind& consolidate() {
  static const Consolidate kKind;
  return kKind;
}

}  // namespace noema::reasoning::thoughts
