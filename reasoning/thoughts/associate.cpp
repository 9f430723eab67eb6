#include "reasoning/thoughts/associate.h"

#include <fmt/format.h>

#include "base/error.h"
#include "reasoning/thoughts/footing.h"

namespace noema::reasoning::thoughts {

using concepts::ConceptId;
using concepts::Graph;

namespace {

using Pairs = std::vector<std::pair<ConceptId, ConceptId>>;

Pairs pairs_in(const Operands& operands) {
  Pairs pairs;
  const auto found = operands.find("pairs");
  if (found == operands.end() || !found->is_array())
    throw base::Error("an association of the journal has no pairs; run `noema check`");
  for (const auto& pair : *found) {
    const auto two = ids_in({{"pair", pair}}, "pair");
    if (two.size() != 2) throw base::Error("an association of the journal is no pair; run `noema check`");
    pairs.emplace_back(two[0], two[1]);
  }
  return pairs;
}

class Associate final : public ThoughtKind {
 public:
  std::string_view name() const override { return "associate"; }
  std::string_view help() const override {
    return "Link the concepts of a question with those of a confirmed answer; changes no L, proposes company.";
  }
  std::string_view fields() const override { return "pairs: concepts that are linked"; }

  /// It is no part of L: nothing gets shorter or longer.
  std::optional<Weighed> weigh(const Graph& graph, const Operands& operands) const override {
    for (const auto& [a, b] : pairs_in(operands))
      if (a == b || !is_active(graph, a) || !is_active(graph, b)) return std::nullopt;
    return Weighed{};
  }

  void settle(const Graph&, Thought&) const override {}
  void apply(Graph& graph, const Thought& thought, const Past&) const override {
    for (const auto& [a, b] : pairs_in(thought.operands)) graph.associate(a, b, 1);
  }
  void undo(Graph& graph, const Thought& thought, const Past&) const override {
    for (const auto& [a, b] : pairs_in(thought.operands)) graph.associate(a, b, -1);
  }

  std::vector<ConceptRole> concepts(const Graph&, const Thought& thought) const override {
    std::set<ConceptId> named;
    for (const auto& [a, b] : pairs_in(thought.operands)) named.insert({a, b});
    std::vector<ConceptRole> roles;
    for (const ConceptId id : named) roles.push_back({id, Role::kAbout});
    return roles;
  }
  Footing footing(const Graph&, const Thought& thought) const override {
    Footing footing;
    for (const auto& [a, b] : pairs_in(thought.operands)) {
      footing.relies_on.push_back(existence_of(a));
      footing.relies_on.push_back(existence_of(b));
    }
    footing.undo_relies_on = footing.relies_on;
    return footing;
  }

  std::string tell(const Thought& thought, const Labels& labels) const override {
    std::string told;
    for (const auto& [a, b] : pairs_in(thought.operands))
      told += fmt::format("{}{} - {}", told.empty() ? "" : ", ", labels(a), labels(b));
    return told;
  }

  std::optional<Operands> draw(const Graph& graph, base::Rng& rng) const override {
    const auto a = draw_node(graph, rng), b = draw_node(graph, rng);
    if (!a || !b || *a == *b) return std::nullopt;
    return association_of({{*a, *b}});
  }
};

}  // namespace

const ThoughtKind& associate() {
  static const Associate kKind;
  return kKind;
}

Operands association_of(const Pairs& pairs) {
  auto list = nlohmann::json::array();
  for (const auto& [a, b] : pairs) list.push_back({a, b});
  return {{"pairs", std::move(list)}};
}

}  // namespace noema::reasoning::thoughts
