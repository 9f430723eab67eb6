#include "reasoning/thoughts/divide.h"

#include <fmt/format.h>
#include <tbb/parallel_for.h>

#include <algorithm>

#include "base/error.h"
#include "concepts/exchange.h"
#include "reasoning/agenda.h"
#include "reasoning/thoughts/company.h"
#include "reasoning/thoughts/footing.h"
#include "reasoning/thoughts/join.h"

namespace noema::reasoning::thoughts {

using concepts::ConceptId;
using concepts::Graph;

namespace {

using Parts = std::vector<std::vector<ConceptId>>;

constexpr std::size_t kMostDivided = 1024;  // members that a division looks at, the most frequent
constexpr std::uint64_t kFrequent = 16;     // mentions of an uncategorised concept that takes part
constexpr double kUncategorisedPriority = 1e8, kKindsPriority = 0.1;

Parts parts_in(const Operands& operands) {
  const auto found = operands.find("parts");
  if (found == operands.end() || !found->is_array())
    throw base::Error("a division of the journal has no parts; run `noema check`");
  Parts parts;
  for (const auto& part : *found) parts.push_back(ids_in({{"part", part}}, "part"));
  return parts;
}

/// A category's members that can be divided, the most frequent first.
std::vector<ConceptId> members_of(const Graph& graph, ConceptId category) {
  std::vector<ConceptId> members;
  if (!is_active(graph, category)) return members;
  for (const ConceptId member : category_members(graph.node(category)))
    if (graph.node(member).redirect == member && !graph.node(member).is<concepts::Category>())
      members.push_back(member);
  std::sort(members.begin(), members.end(), [&](ConceptId a, ConceptId b) {
    const auto x = graph.statistics().total(a), y = graph.statistics().total(b);
    return x != y ? x > y : a < b;
  });
  return members;
}

/// The members that a suggestion's subject stands for, at most kMostDivided.
std::vector<ConceptId> divisible(const Graph& graph, ConceptId subject) {
  std::vector<ConceptId> members = subject == kTopmostCategories ? concepts::topmost_categories(graph)
                                   : subject == kUncategorised
                                       ? concepts::common_concepts(graph, kMostDivided, kFrequent)
                                       : members_of(graph, subject);
  if (members.size() > kMostDivided) members.resize(kMostDivided);
  const std::uint32_t most = graph.options().max_cells;
  std::erase_if(members, [&](ConceptId id) {
    return graph.statistics().next(id).size() + graph.statistics().previous(id).size() > most;
  });
  return members;
}

class Divide final : public ThoughtKind {
 public:
  std::string_view name() const override { return "divide"; }
  std::string_view help() const override {
    return "Divide what lies together into the kinds it is of, each a new category.";
  }
  std::string_view fields() const override {
    return "category (0: the members lie in none), parts: the members of each new category";
  }

  void notice(const NoticedEpisode& episode, const Milestones& milestones, Agenda& agenda) const override {
    if (episode.passed(milestones.division)) agenda.suggest({this, kUncategorised, 0, kUncategorisedPriority});
  }
  void notice(const Graph& graph, const Thought& thought, const Milestones& milestones, const KindSet& allowed,
              Agenda& agenda) const override {
    const auto suggest = [&](ConceptId category) {
      agenda.suggest({this, category, 0, kKindsPriority * grown(graph, category)});
    };
    if (thought.kind == &join() && is_milestone(category_members(graph.node(thought.result)).size(), milestones.kinds))
      suggest(thought.result);
    if (thought.kind != this) return;
    for (const ConceptId category : made_by(thought)) {
      if (allowed[join()]) agenda.suggest({&join(), category, 0, kCompanyPriority * grown(graph, category)});
      if (category_members(graph.node(category)).size() >= milestones.kinds) suggest(category);
    }
    agenda.suggest({this, kTopmostCategories, 0, kKindsPriority / 2});
  }

  /// Exchange clustering proposes divisions into several numbers of kinds; L says into how many, if at all.
  std::optional<Thought> examine(const Graph& graph, const Suggestion& suggestion, const KindSet&) const override {
    const bool of_categories = suggestion.subject == kTopmostCategories;
    const ConceptId category = of_categories ? 0 : suggestion.subject;
    const std::vector<ConceptId> members = divisible(graph, suggestion.subject);
    std::vector<std::size_t> tried;
    const bool coarse = category != 0 || of_categories;
    for (const std::size_t classes : {64U, 32U, 16U, 8U, 4U, 2U})
      if (members.size() >= (of_categories ? 2 : 4) * classes && (coarse ? classes <= 8 : classes >= 8))
        tried.push_back(classes);
    // Tried side by side; which of them is best does not depend on which is done first.
    std::vector<std::optional<Thought>> found(tried.size());
    tbb::parallel_for(std::size_t{0}, tried.size(), [&](std::size_t i) {
      concepts::ExchangeOptions options;
      options.classes = tried[i];
      const Parts parts = concepts::exchange(graph, members, options);
      if (parts.size() > 1) found[i] = weighed(graph, *this, division_of(category, parts));
    });
    std::optional<Thought> best;
    for (auto& thought : found)
      if (thought && (!best || thought->gain_bits > best->gain_bits)) best = std::move(thought);
    if (best) best->examined = tried.size();
    return best;
  }
  std::optional<Weighed> weigh(const Graph& graph, const Operands& operands) const override {
    const ConceptId category = id_in(operands, "category");
    const Parts parts = parts_in(operands);
    if (category != 0 && !is_active(graph, category)) return std::nullopt;
    std::set<ConceptId> seen;
    for (const auto& part : parts)
      for (const ConceptId member : part)
        if (!is_active(graph, member) || !seen.insert(member).second) return std::nullopt;
    return propose_division(graph, category, parts);
  }

  void settle(const Graph& graph, Thought& thought) const override {
    thought.result = static_cast<ConceptId>(graph.size());
  }
  void apply(Graph& graph, const Thought& thought, const Past&) const override {
    graph.divide(id_in(thought.operands, "category"), parts_in(thought.operands), thought.number);
  }
  void undo(Graph& graph, const Thought& thought, const Past&) const override {
    graph.unite(thought.result, thought.operands.at("parts").size());
  }

  std::vector<ConceptRole> concepts(const Graph&, const Thought& thought) const override {
    std::vector<ConceptRole> roles;
    for (const ConceptId category : made_by(thought)) roles.push_back({category, Role::kMade});
    if (const ConceptId above = id_in(thought.operands, "category"); above != 0) roles.push_back({above, Role::kAbout});
    for (const auto& part : parts_in(thought.operands))
      for (const ConceptId member : part) roles.push_back({member, Role::kAbout});
    return roles;
  }
  Footing footing(const Graph&, const Thought& thought) const override {
    Footing footing;
    for (const ConceptId category : made_by(thought)) {
      footing.changes.push_back(existence_of(category));
      footing.changes.push_back(place_of(category));
    }
    for (const auto& part : parts_in(thought.operands))
      for (const ConceptId member : part) {
        footing.changes.push_back(place_of(member));
        footing.relies_on.push_back(existence_of(member));
        footing.undo_relies_on.push_back(existence_of(member));
      }
    if (const ConceptId above = id_in(thought.operands, "category"); above != 0) {
      footing.relies_on.push_back(existence_of(above));
      footing.undo_relies_on.push_back(existence_of(above));
    }
    return footing;
  }

  std::string tell(const Thought& thought, const Labels& labels) const override {
    const ConceptId above = id_in(thought.operands, "category");
    std::string told = above == 0 ? "into " : labels(above) + " into ";
    for (const ConceptId category : made_by(thought))
      told += (category == thought.result ? "" : ", ") + labels(category);
    return told;
  }

  std::optional<Operands> draw(const Graph& graph, base::Rng& rng) const override {
    ConceptId category = 0;
    if (rng.uniform() < 0.5)
      if (const auto drawn = draw_category(graph, rng)) category = *drawn;
    Parts parts(2);
    for (int i = 0; i < 24; ++i) {
      const auto member = draw_node(graph, rng);
      if (!member || graph.node(*member).redirect != *member) continue;
      const bool lies = graph.node(*member).category == category;
      const bool drawn = std::any_of(parts.begin(), parts.end(), [&](const auto& part) {
        return std::find(part.begin(), part.end(), *member) != part.end();
      });
      if (lies && !drawn && !graph.node(*member).is<concepts::Schema>()) parts[rng.below(2)].push_back(*member);
    }
    if (parts[0].empty() || parts[1].empty()) return std::nullopt;
    return division_of(category, parts);
  }

 private:
  /// The categories that a settled division makes.
  static std::vector<ConceptId> made_by(const Thought& thought) {
    std::vector<ConceptId> made;
    for (std::size_t i = 0; i < thought.operands.at("parts").size(); ++i)
      made.push_back(thought.result + static_cast<ConceptId>(i));
    return made;
  }
};

}  // namespace

const ThoughtKind& divide() {
  static const Divide kKind;
  return kKind;
}

Operands division_of(ConceptId category, const Parts& parts) { return {{"category", category}, {"parts", parts}}; }

}  // namespace noema::reasoning::thoughts
