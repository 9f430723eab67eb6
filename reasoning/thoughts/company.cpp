#include "reasoning/thoughts/company.h"

#include <algorithm>

#include "base/numbers.h"
#include "concepts/exchange.h"
#include "reasoning/thoughts/best.h"
#include "reasoning/thoughts/footing.h"
#include "reasoning/thoughts/join.h"
#include "reasoning/thoughts/leave.h"

namespace noema::reasoning::thoughts {

using concepts::ConceptId;
using concepts::Graph;

namespace {
constexpr std::size_t kPartners = 6;  // compared by L, of those that share contexts
constexpr std::size_t kPlaces = 3;    // categories that fit a concept best
}  // namespace

double grown(const Graph& graph, ConceptId category) {
  return base::bits_of(base::exact_log(static_cast<double>(1 + graph.statistics().total(category))));
}

std::vector<concepts::Scored> company_of(const Graph& graph, ConceptId id) {
  concepts::AssociationOptions options;
  options.max_entries = 128;
  options.contexts = 16;
  options.max_fan = 128;
  options.max_candidates = kPartners;
  ConceptId speaker = id;  // a category keeps the company of its most frequent member
  while (graph.node(speaker).is<concepts::Category>()) {
    const auto& members = category_members(graph.node(speaker));
    if (members.empty()) break;
    options.max_candidates = 2 * kPartners;  // many of them lie in the category itself
    speaker = *std::max_element(members.begin(), members.end(), [&](ConceptId a, ConceptId b) {
      return graph.statistics().total(a) < graph.statistics().total(b);
    });
  }
  std::vector<concepts::Scored> company;
  if (!graph.node(speaker).is<concepts::Category>()) company = concepts::sharing_contexts(graph, speaker, options);
  for (const auto& [other, times] : graph.associates(id).sorted())
    if (company.size() < 2 * kPartners) company.push_back({graph.concept_of(other), static_cast<double>(times)});
  return company;
}

std::optional<Thought> examine_company(const Graph& graph, ConceptId id, const KindSet& allowed) {
  if (!is_active(graph, id)) return std::nullopt;
  const auto& node = graph.node(id);
  if (node.redirect != id || !traits_of(node).may_move) return std::nullopt;
  const bool is_category = node.is<concepts::Category>();
  const bool joins = allowed[join()];
  Best best(graph);
  for (const concepts::Scored& partner : company_of(graph, id)) {
    const ConceptId other = partner.id;
    if (other == id) continue;
    if (!joins) continue;
    const std::vector<ConceptId> above = categories_of(graph.nodes(), other);
    for (const ConceptId place : above)
      if (place != id && place != node.category) best.consider(join(), join_of(id, place));
    if (node.category != 0) continue;
    const ConceptId peer = is_category ? (above.empty() ? other : above.back()) : other;
    if (peer != id && graph.node(peer).category == 0) best.consider(join(), found_of(id, peer));
  }
  if (!is_category && joins)
    for (const ConceptId place : concepts::fitting_categories(graph, id, kPlaces))
      if (place != node.category) best.consider(join(), join_of(id, place));
  if (node.category != 0 && allowed[leave()]) best.consider(leave(), leave_of(id));
  return best.thought();
}

}  // namespace noema::reasoning::thoughts
