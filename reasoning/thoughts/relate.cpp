#include "reasoning/thoughts/relate.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "reasoning/agenda.h"
#include "reasoning/thoughts/best.h"
#include "reasoning/thoughts/company.h"
#include "reasoning/thoughts/divide.h"
#include "reasoning/thoughts/footing.h"
#include "reasoning/thoughts/join.h"

namespace noema::reasoning::thoughts {

using concepts::ConceptId;
using concepts::Graph;

namespace {

constexpr double kRelatePriority = 0.012;
constexpr std::size_t kSlotPartners = 4;  // compared on either side of a slot
constexpr std::size_t kMembers = 64;      // of the category whose neighbours are counted

/// The concepts that lie in a category, at any depth, at most kMembers.
std::vector<ConceptId> members_below(const Graph& graph, ConceptId category) {
  std::vector<ConceptId> members, open{category};
  while (!open.empty() && members.size() < kMembers) {
    const ConceptId id = open.back();
    open.pop_back();
    for (const ConceptId member : category_members(graph.node(id)))
      (graph.node(member).is<concepts::Category>() ? open : members).push_back(member);
  }
  if (members.size() > kMembers) members.resize(kMembers);
  return members;
}

/// What stands most often beside the members: after them if the slot comes first, otherwise before them.
std::vector<ConceptId> commonest_beside(const Graph& graph, const std::vector<ConceptId>& members, bool slot_first) {
  std::map<ConceptId, std::uint64_t> beside;
  for (const ConceptId member : members) {
    const auto& cells = slot_first ? graph.statistics().next(member) : graph.statistics().previous(member);
    if (cells.size() > graph.options().max_cells) continue;
    cells.for_each([&](ConceptId other, std::uint32_t count) { beside[other] += count; });
  }
  std::vector<std::pair<std::uint64_t, ConceptId>> commonest;
  for (const auto& [other, count] : beside)
    if (other != concepts::kBoundary && count >= 4) commonest.emplace_back(~count, other);
  std::sort(commonest.begin(), commonest.end());
  if (commonest.size() > kSlotPartners) commonest.resize(kSlotPartners);
  std::vector<ConceptId> found;
  for (const auto& [count, other] : commonest) found.push_back(other);
  return found;
}

class Relate final : public ThoughtKind {
 public:
  std::string_view name() const override { return "relate"; }
  std::string_view help() const override {
    return "Make a schema of a node and a category whose members fill the slot beside it.";
  }
  std::string_view fields() const override {
    return "first, second: a node and a category, in order; fillers: the units that may fill the slot";
  }

  void notice(const Graph& graph, const Thought& thought, const Milestones&, const KindSet&,
              Agenda& agenda) const override {
    const auto suggest = [&](ConceptId category) {
      agenda.suggest({this, category, 0, kRelatePriority * grown(graph, category)});
    };
    if (thought.kind == &join() && is_milestone(category_members(graph.node(thought.result)).size(), 2))
      suggest(thought.result);
    if (thought.kind == &divide())
      for (std::size_t i = 0; i < thought.operands.at("parts").size(); ++i)
        suggest(thought.result + static_cast<ConceptId>(i));
  }

  std::optional<Thought> examine(const Graph& graph, const Suggestion& suggestion, const KindSet&) const override {
    const ConceptId category = suggestion.subject;
    if (!is_active(graph, category) || !graph.node(category).is<concepts::Category>()) return std::nullopt;
    const std::vector<ConceptId> members = members_below(graph, category);
    Best best(graph);
    for (const bool slot_first : {false, true})
      for (const ConceptId other : commonest_beside(graph, members, slot_first)) {
        const ConceptId fixed = graph.nodes().unit_of(other);
        best.consider(*this, slot_first ? relate_of(category, fixed) : relate_of(fixed, category));
      }
    return best.thought();
  }
  std::optional<Weighed> weigh(const Graph& graph, const Operands& operands) const override {
    const ConceptId first = id_in(operands, "first"), second = id_in(operands, "second");
    if (!is_active(graph, first) || !is_active(graph, second)) return std::nullopt;
    return propose_schema(graph, first, second);
  }

  void settle(const Graph& graph, Thought& thought) const override {
    thought.result = static_cast<ConceptId>(graph.size());
    if (!thought.operands.contains("fillers"))
      thought.operands["fillers"] =
          fillers_for(graph.nodes(), id_in(thought.operands, "first"), id_in(thought.operands, "second"));
  }
  void apply(Graph& graph, const Thought& thought, const Past&) const override {
    const ConceptId first = id_in(thought.operands, "first"), second = id_in(thought.operands, "second");
    // Format 1 did not keep the fillers: they follow from the graph before the thought.
    graph.relate(first, second,
                 thought.operands.contains("fillers") ? ids_in(thought.operands, "fillers")
                                                      : fillers_for(graph.nodes(), first, second),
                 thought.number);
  }
  void undo(Graph& graph, const Thought& thought, const Past&) const override { graph.dissolve(thought.result); }

  std::vector<ConceptRole> concepts(const Graph& graph, const Thought& thought) const override {
    const ConceptId first = id_in(thought.operands, "first"), second = id_in(thought.operands, "second");
    std::vector<ConceptRole> roles{{thought.result, Role::kMade}, {first, Role::kAbout}, {second, Role::kAbout}};
    for (const ConceptId filler : fillers_of(graph, thought)) roles.push_back({filler, Role::kNeeds});
    for (const ConceptId part : {first, second})
      for (const ConceptId unit : graph.nodes().units_of(part)) roles.push_back({unit, Role::kNeeds});
    return roles;
  }
  Footing footing(const Graph& graph, const Thought& thought) const override {
    const ConceptId first = id_in(thought.operands, "first"), second = id_in(thought.operands, "second");
    const std::vector<ConceptId> fillers = fillers_of(graph, thought);
    Footing footing{{existence_of(thought.result)}, {existence_of(first), existence_of(second)}, {}};
    for (const Facet& wording : wordings_of(graph, first, second, fillers)) footing.changes.push_back(wording);
    for (const ConceptId filler : fillers) footing.relies_on.push_back(existence_of(filler));
    return footing;
  }

  std::string tell(const Thought& thought, const Labels& labels) const override {
    return fmt::format("{} + {} -> {}", labels(id_in(thought.operands, "first")),
                       labels(id_in(thought.operands, "second")), labels(thought.result));
  }

  std::optional<Operands> draw(const Graph& graph, base::Rng& rng) const override {
    const auto category = draw_category(graph, rng), other = draw_node(graph, rng);
    if (!category || !other) return std::nullopt;
    return rng.uniform() < 0.5 ? relate_of(*category, *other) : relate_of(*other, *category);
  }

 private:
  static std::vector<ConceptId> fillers_of(const Graph& graph, const Thought& thought) {
    if (thought.operands.contains("fillers")) return ids_in(thought.operands, "fillers");
    const auto* schema = graph.still_has(thought.result) ? graph.node(thought.result).as<concepts::Schema>() : nullptr;
    return schema ? schema->fillers : std::vector<ConceptId>{};
  }
};

}  // namespace

const ThoughtKind& relate() {
  static const Relate kKind;
  return kKind;
}

Operands relate_of(ConceptId first, ConceptId second) { return {{"first", first}, {"second", second}}; }

}  // namespace noema::reasoning::thoughts
