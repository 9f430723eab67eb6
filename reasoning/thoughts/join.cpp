#include "reasoning/thoughts/join.h"

#include <fmt/format.h>

#include "reasoning/agenda.h"
#include "reasoning/thoughts/company.h"
#include "reasoning/thoughts/footing.h"

namespace noema::reasoning::thoughts {

using concepts::ConceptId;
using concepts::Graph;

namespace {

class Join final : public ThoughtKind {
 public:
  std::string_view name() const override { return "join"; }
  std::string_view help() const override {
    return "Put a concept or category into a category of those that keep the same company, or found one of two.";
  }
  std::string_view fields() const override {
    return "member, category: where it moves; or founders: two that found one";
  }

  void notice(const NoticedMention& mention, const Milestones& milestones, const KindSet&,
              Agenda& agenda) const override {
    if (is_milestone(mention.concept_mentions, milestones.company))
      agenda.suggest({this, mention.concept_id, 0, kCompanyPriority * mention.grown});
  }
  /// A category that was founded, and one that doubled, looks for company of its own.
  void notice(const Graph& graph, const Thought& thought, const Milestones&, const KindSet&,
              Agenda& agenda) const override {
    if (thought.kind != this || !is_milestone(category_members(graph.node(thought.result)).size(), 2)) return;
    agenda.suggest({this, thought.result, 0, kCompanyPriority * grown(graph, thought.result)});
  }

  std::optional<Thought> examine(const Graph& graph, const Suggestion& suggestion,
                                 const KindSet& allowed) const override {
    return examine_company(graph, suggestion.subject, allowed);
  }
  std::optional<Weighed> weigh(const Graph& graph, const Operands& operands) const override {
    if (founds(operands)) {
      const auto two = ids_in(operands, "founders");
      if (two.size() != 2 || !is_active(graph, two[0]) || !is_active(graph, two[1])) return std::nullopt;
      return propose_category(graph, two[0], two[1]);
    }
    const ConceptId member = id_in(operands, "member"), category = id_in(operands, "category");
    if (!is_active(graph, member) || !is_active(graph, category)) return std::nullopt;
    return propose_membership(graph, member, category);
  }

  void settle(const Graph& graph, Thought& thought) const override {
    if (founds(thought.operands)) {
      thought.result = static_cast<ConceptId>(graph.size());
      return;
    }
    thought.result = id_in(thought.operands, "category");
    thought.before = {{"category", graph.node(id_in(thought.operands, "member")).category}};
  }
  void apply(Graph& graph, const Thought& thought, const Past&) const override {
    if (founds(thought.operands)) {
      const auto two = ids_in(thought.operands, "founders");
      graph.categorise(two.at(0), two.at(1), thought.number);
    } else {
      graph.set_category(id_in(thought.operands, "member"), id_in(thought.operands, "category"));
    }
  }
  void undo(Graph& graph, const Thought& thought, const Past&) const override {
    if (founds(thought.operands))
      graph.dissolve(thought.result);
    else
      graph.set_category(id_in(thought.operands, "member"), id_in(thought.before, "category"));
  }

  std::vector<ConceptRole> concepts(const Graph&, const Thought& thought) const override {
    if (founds(thought.operands)) {
      std::vector<ConceptRole> roles{{thought.result, Role::kMade}};
      for (const ConceptId founder : ids_in(thought.operands, "founders")) roles.push_back({founder, Role::kAbout});
      return roles;
    }
    std::vector<ConceptRole> roles{{id_in(thought.operands, "member"), Role::kAbout},
                                   {id_in(thought.operands, "category"), Role::kAbout}};
    if (const ConceptId old = id_in_or(thought.before, "category", 0); old != 0) roles.push_back({old, Role::kNeeds});
    return roles;
  }
  Footing footing(const Graph&, const Thought& thought) const override {
    Footing footing;
    if (founds(thought.operands)) {
      footing.changes.push_back(existence_of(thought.result));
      for (const ConceptId founder : ids_in(thought.operands, "founders")) {
        footing.changes.push_back(place_of(founder));
        footing.relies_on.push_back(existence_of(founder));
        footing.undo_relies_on.push_back(existence_of(founder));
      }
      return footing;
    }
    const ConceptId member = id_in(thought.operands, "member");
    footing.changes = {place_of(member)};
    footing.relies_on = {existence_of(member), existence_of(id_in(thought.operands, "category"))};
    footing.undo_relies_on = {existence_of(member)};
    if (const ConceptId old = id_in_or(thought.before, "category", 0); old != 0)
      footing.undo_relies_on.push_back(existence_of(old));
    return footing;
  }

  std::string tell(const Thought& thought, const Labels& labels) const override {
    if (!founds(thought.operands))
      return fmt::format("{} in {}", labels(id_in(thought.operands, "member")),
                         labels(id_in(thought.operands, "category")));
    const auto two = ids_in(thought.operands, "founders");
    return fmt::format("{} and {} -> {}", labels(two.at(0)), labels(two.at(1)), labels(thought.result));
  }

  std::optional<Operands> draw(const Graph& graph, base::Rng& rng) const override {
    const auto a = draw_node(graph, rng);
    const auto b = rng.uniform() < 0.5 ? draw_node(graph, rng) : draw_category(graph, rng);
    if (!a || !b || *a == *b) return std::nullopt;
    if (graph.node(*b).is<concepts::Category>() && rng.uniform() < 0.8) return join_of(*a, *b);
    return found_of(*a, *b);
  }

 private:
  static bool founds(const Operands& operands) { return operands.contains("founders"); }
};

}  // namespace

const ThoughtKind& join() {
  static const Join kKind;
  return kKind;
}

Operands join_of(ConceptId member, ConceptId category) { return {{"member", member}, {"category", category}}; }

Operands found_of(ConceptId a, ConceptId b) { return {{"founders", {std::min(a, b), std::max(a, b)}}}; }

}  // namespace noema::reasoning::thoughts
