#include "concepts/spreading.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

namespace noema::concepts {
namespace {

struct WeighedLink {
  ConceptId to = 0;
  Role role = Role::kAfter;
  double weight = 0;
};

/// Gathers the links of one concept.
class Gathering {
 public:
  Gathering(const GraphView& graph, ConceptId own) : graph_(graph), own_(own) {}

  /// From a row or a column of the counts of what follows what.
  void add_beside(const CountMap& cells, Role role) {
    const Statistics& statistics = graph_.statistics();
    const auto mentions = static_cast<double>(statistics.mentions());
    const auto total = static_cast<double>(statistics.total(own_));
    cells.for_each([&](ConceptId other, std::uint32_t count) {
      if (other == kBoundary) return;
      const double chance = total * static_cast<double>(statistics.total(other)) / mentions;
      add(other, role, count * std::log(count / chance));
    });
  }

  /// To a node; its concept is what is linked.
  void add_node(ConceptId node, Role role, double weight) {
    if (node != 0 && graph_.still_has(node)) add(graph_.concept_of(node), role, weight);
  }

  std::vector<WeighedLink> heaviest(std::size_t most) && {
    std::sort(links_.begin(), links_.end(), [](const WeighedLink& a, const WeighedLink& b) {
      return a.to != b.to ? a.to < b.to : a.weight != b.weight ? a.weight > b.weight : a.role < b.role;
    });
    std::vector<WeighedLink> merged;
    for (const WeighedLink& link : links_)
      if (!merged.empty() && merged.back().to == link.to)
        merged.back().weight += link.weight;
      else
        merged.push_back(link);
    if (merged.size() > most) {
      std::stable_sort(merged.begin(), merged.end(), [](const auto& a, const auto& b) { return a.weight > b.weight; });
      merged.resize(most);
      std::sort(merged.begin(), merged.end(), [](const auto& a, const auto& b) { return a.to < b.to; });
    }
    return merged;
  }

 private:
  void add(ConceptId other, Role role, double weight) {
    if (other != own_ && weight > 0) links_.push_back({other, role, weight});
  }

  const GraphView& graph_;
  ConceptId own_;
  std::vector<WeighedLink> links_;
};

void add_structure(Gathering& gathering, const GraphView& graph, ConceptId form) {
  const Node& node = graph.node(form);
  const auto mentions_of = [&](ConceptId id) { return static_cast<double>(graph.node(id).mentions); };
  for (const ConceptId part : parts_of(node)) gathering.add_node(part, Role::kPart, mentions_of(form));
  for (const ConceptId whole : node.wholes) gathering.add_node(whole, Role::kWhole, mentions_of(whole));
  if (const Sense* sense = node.as<Sense>()) gathering.add_node(sense->unit, Role::kUnit, mentions_of(form));
  if (const Unit* unit = node.as<Unit>())
    for (const ConceptId sense : unit->senses) gathering.add_node(sense, Role::kSense, mentions_of(sense));
}

void keep_best(std::vector<Scored>& scored, std::size_t most) {
  std::sort(scored.begin(), scored.end(),
            [](const Scored& a, const Scored& b) { return a.score != b.score ? a.score > b.score : a.id < b.id; });
  if (scored.size() > most) scored.resize(most);
}

}  // namespace

std::string_view name_of(Role role) {
  constexpr std::array<std::string_view, 9> kNames{"after",  "before", "part",  "whole",    "category",
                                                   "member", "unit",   "sense", "associate"};
  return kNames[static_cast<std::size_t>(role)];
}

std::vector<Link> links_of(const GraphView& graph, ConceptId concept_id, std::size_t most) {
  Gathering gathering(graph, concept_id);
  const Statistics& statistics = graph.statistics();
  if (!graph.node(concept_id).is<Category>()) {  // the row of a category holds categories
    gathering.add_beside(statistics.next(concept_id), Role::kAfter);
    gathering.add_beside(statistics.previous(concept_id), Role::kBefore);
  }
  const auto total = [&](ConceptId id) { return static_cast<double>(statistics.total(id)); };
  gathering.add_node(graph.node(concept_id).category, Role::kCategory, total(concept_id));
  for (const ConceptId member : category_members(graph.node(concept_id)))
    gathering.add_node(member, Role::kMember, total(member));
  for (const ConceptId form : graph.forms_of(concept_id)) add_structure(gathering, graph, form);
  for (const auto& [other, times] : graph.associates(concept_id).sorted())
    gathering.add_node(other, Role::kAssociate, times);
  const auto heaviest = std::move(gathering).heaviest(most);
  double sum = 0;
  for (const WeighedLink& link : heaviest) sum += link.weight;
  std::vector<Link> links;
  for (const WeighedLink& link : heaviest) links.push_back({link.to, link.role, link.weight / sum});
  return links;
}

std::vector<Scored> spread(const GraphView& graph, ConceptId start, const SpreadOptions& options) {
  std::map<ConceptId, double> all;
  std::vector<Scored> active{{start, 1}};
  for (std::uint32_t step = 0; step < options.steps && !active.empty(); ++step) {
    std::map<ConceptId, double> next;
    for (const auto& [id, activation] : active)
      for (const Link& link : links_of(graph, id, options.links))
        next[link.to] += options.decay * activation * link.share;
    active.clear();
    for (const auto& [id, activation] : next) {
      all[id] += activation;
      active.push_back({id, activation});
    }
    keep_best(active, options.beam);
  }
  all.erase(start);
  std::vector<Scored> scored;
  for (const auto& [id, activation] : all) scored.push_back({id, activation});
  keep_best(scored, scored.size());
  return scored;
}

std::vector<Scored> spread_exact(const GraphView& graph, ConceptId start, std::uint32_t steps, double decay) {
  std::vector<double> active(graph.size()), all(graph.size());
  active[start] = 1;
  for (std::uint32_t step = 0; step < steps; ++step) {
    std::vector<double> next(graph.size());
    for (ConceptId id = 1; id < graph.size(); ++id) {
      if (active[id] == 0) continue;
      for (const Link& link : links_of(graph, id, graph.size())) next[link.to] += decay * active[id] * link.share;
    }
    for (std::size_t id = 0; id < next.size(); ++id) all[id] += next[id];
    active = std::move(next);
  }
  std::vector<Scored> scored;
  for (ConceptId id = 1; id < graph.size(); ++id)
    if (id != start && all[id] > 0) scored.push_back({id, all[id]});
  keep_best(scored, scored.size());
  return scored;
}

}  // namespace noema::concepts
