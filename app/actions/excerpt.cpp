#include "app/actions/excerpt.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "app/actions/names.h"
#include "app/actions/neighbours.h"
#include "app/actions/telling.h"
#include "concepts/categories.h"

namespace noema::app {
namespace {

using concepts::ConceptId;
using concepts::Graph;
using nlohmann::ordered_json;

constexpr std::size_t kCandidates = 4;  // looked at for each concept that is wanted
constexpr std::size_t kFewestCandidates = 2000;
constexpr std::size_t kFollowsEach = 5;

/// Says with which input, or by which thought, the concept came.
void tell_origin(const reasoning::MindView& view, ExcerptConcept& one) {
  const concepts::Node& node = view.graph().node(one.itself.id);
  if (node.made_by != 0) {
    if (const auto thought = view.life().thoughts().find(static_cast<memory::ThoughtId>(node.made_by))) {
      one.since = thought->after_episode;
      one.thought = thought->kind;
      return;
    }
  }
  if (!node.positions.empty())
    one.since = static_cast<memory::EpisodeId>(view.graph().stream().episode_of(node.positions[0])) + 1;
}

struct Candidate {
  ConceptId id = 0;
  std::uint64_t count = 0;
  double bits = 0;
};

/// The concepts with the most mentions, more than are wanted, so that those that tell nothing can be left out.
std::vector<Candidate> candidates(const Graph& graph, const ExcerptRequest& request, std::size_t& total) {
  std::vector<Candidate> all;
  for (const ConceptId id : all_concepts(graph)) {
    const std::uint64_t count = occurrences_of(graph, id);
    ++total;
    if (count >= std::max<std::uint64_t>(request.least_count, 1)) all.push_back({id, count, 0});
  }
  const std::size_t most = std::min(all.size(), std::max(kFewestCandidates, request.most * kCandidates));
  std::partial_sort(
      all.begin(), all.begin() + static_cast<std::ptrdiff_t>(most), all.end(),
      [](const Candidate& a, const Candidate& b) { return a.count != b.count ? a.count > b.count : a.id < b.id; });
  all.resize(most);
  for (Candidate& one : all) one.bits = told_bits(graph, one.id);
  return all;
}

/// What tells less is not worth a place in a picture.
double ordinary_bits(const Graph& graph, const std::vector<Candidate>& candidates) {
  std::vector<ConceptId> ids;
  std::vector<double> told;
  for (const Candidate& one : candidates) {
    ids.push_back(one.id);
    told.push_back(one.bits);
  }
  return kOrdinaryShare * average_told_bits(graph, ids, told);
}

/// The concept and what is one edge away: first what thinking made of it, then what stands beside it, by how much more
/// often than chance.
std::vector<ConceptId> ids_around(const reasoning::MindView& view, const std::string& name) {
  const Graph& graph = view.graph();
  const concepts::Statistics& statistics = graph.statistics();
  const ConceptId centre = graph.concept_of(node_named(graph, name));
  std::vector<std::pair<double, ConceptId>> scored;
  for (const Neighbour& one : neighbours(view, name)) {
    const ConceptId id = graph.concept_of(one.itself.id);
    const double by_chance = static_cast<double>(statistics.total(centre)) * static_cast<double>(statistics.total(id)) /
                             static_cast<double>(std::max<std::uint64_t>(statistics.mentions(), 1));
    const bool is_beside = one.role == "after" || one.role == "before";
    const auto count = static_cast<double>(one.itself.count);
    scored.emplace_back(is_beside ? count * std::log2(count / by_chance) : HUGE_VAL, id);
  }
  std::stable_sort(scored.begin(), scored.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
  std::vector<ConceptId> ids{centre};
  std::set<ConceptId> seen{centre};
  for (const auto& [score, id] : scored)
    if (seen.insert(id).second) ids.push_back(id);
  return ids;
}

/// Senses that were split off stand beside what an export holds.
void add_senses(const Graph& graph, const std::vector<ConceptId>& sorted, std::vector<ExportedEdge>& edges) {
  for (const ConceptId id : sorted) {
    if (is_category(graph, id) || is_joined(graph, id)) continue;
    for (const ConceptId sense : companions_of(graph, id))
      if (sense != id && std::binary_search(sorted.begin(), sorted.end(), sense))
        edges.push_back({sense, id, "sense-of", 1, mentions_of(graph, sense)});
  }
}

std::vector<ExportedEdge> edges_of(const Graph& graph, std::vector<ConceptId> ids) {
  std::sort(ids.begin(), ids.end());
  std::vector<ExportedEdge> edges = edges_between(graph, ids);
  const auto middle = std::stable_partition(edges.begin(), edges.end(),
                                            [](const ExportedEdge& edge) { return edge.type != "follows"; });
  const auto worth = [](const ExportedEdge& edge) { return edge.weight * static_cast<double>(edge.count); };
  std::stable_sort(middle, edges.end(),
                   [&](const ExportedEdge& a, const ExportedEdge& b) { return worth(a) > worth(b); });
  const auto most =
      std::min<std::ptrdiff_t>(edges.end() - middle, static_cast<std::ptrdiff_t>(kFollowsEach * ids.size()));
  edges.erase(middle + most, edges.end());
  std::erase_if(edges, [](const ExportedEdge& edge) { return edge.type == "follows" && edge.weight <= 0; });
  add_senses(graph, ids, edges);
  return edges;
}

}  // namespace

Excerpt excerpt(const reasoning::MindView& view, const ExcerptRequest& request) {
  const Graph& graph = view.graph();
  Excerpt result;
  std::vector<Candidate> found = candidates(graph, request, result.total);
  const double ordinary = ordinary_bits(graph, found);
  if (!request.around.empty()) {
    found.clear();
    for (const ConceptId id : ids_around(view, request.around))
      found.push_back({id, occurrences_of(graph, id), told_bits(graph, id)});
  } else {
    const auto worth = [&](const Candidate& one) {
      return static_cast<double>(one.count) * std::max(one.bits, ordinary / 2);
    };
    std::stable_sort(found.begin(), found.end(),
                     [&](const Candidate& a, const Candidate& b) { return worth(a) > worth(b); });
  }
  std::vector<ConceptId> ids;
  for (const Candidate& one : found) {
    if (ids.size() == request.most) break;
    const bool is_informative = one.bits > ordinary || is_category(graph, one.id);
    const bool is_centre = !request.around.empty() && ids.empty();
    if (one.count < request.least_count || !(is_informative || is_centre || request.with_uninformative)) continue;
    ids.push_back(one.id);
    result.concepts.push_back({{one.id, label_of(graph, one.id), one.count},
                               std::string(concepts::name_of(graph.node(one.id))),
                               one.bits,
                               is_informative});
    result.concepts.back().category = concepts::category_of(graph.nodes(), one.id);
    tell_origin(view, result.concepts.back());
  }
  result.edges = edges_of(graph, ids);
  return result;
}

ordered_json to_json(const Excerpt& value) {
  const auto rounded = [](double x) { return std::round(x * 100) / 100; };
  ordered_json concepts = ordered_json::array(), edges = ordered_json::array();
  for (const ExcerptConcept& one : value.concepts)
    concepts.push_back({{"id", one.itself.id},
                        {"kind", one.kind},
                        {"label", one.itself.label},
                        {"count", one.itself.count},
                        {"bits", rounded(one.bits)},
                        {"informative", one.is_informative},
                        {"since", one.since},
                        {"category", one.category},
                        {"thought", one.thought}});
  for (const ExportedEdge& edge : value.edges)
    edges.push_back({{"from", edge.from},
                     {"to", edge.to},
                     {"type", edge.type},
                     {"weight", rounded(edge.weight)},
                     {"count", edge.count}});
  return {{"concepts", concepts}, {"edges", edges}, {"total", value.total}};
}

}  // namespace noema::app
