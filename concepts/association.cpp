#include "concepts/association.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace noema::concepts {
namespace {

/// Positive pointwise mutual information of a cell, 0 if the pair is rarer than chance.
double information(const GraphView& graph, double count, ConceptId target, ConceptId context) {
  const Statistics& statistics = graph.statistics();
  const auto mentions = static_cast<double>(std::max<std::uint64_t>(statistics.mentions(), 1));
  const auto target_total = static_cast<double>(std::max<std::uint64_t>(statistics.total(target), 1));
  const auto context_total = static_cast<double>(std::max<std::uint64_t>(statistics.total(context), 1));
  return std::max(
      0.0, std::log(count * mentions / (target_total * std::pow(context_total, 0.75) * std::pow(mentions, 0.25))));
}

/// The cells of a row with the largest counts, ties by id; the boundary says nothing and is left out.
std::vector<std::pair<ConceptId, std::uint32_t>> largest(const CountMap& row, std::size_t most) {
  auto cells = row.sorted();
  std::erase_if(cells, [](const auto& cell) { return cell.first == kBoundary; });
  if (cells.size() > most) {
    std::stable_sort(cells.begin(), cells.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
    cells.resize(most);
  }
  return cells;
}

void keep_best(std::vector<Scored>& scored, std::size_t k) {
  std::sort(scored.begin(), scored.end(),
            [](const Scored& a, const Scored& b) { return a.score != b.score ? a.score > b.score : a.id < b.id; });
  if (scored.size() > k) scored.resize(k);
}

std::size_t places_of(const GraphView& graph, ConceptId concept_id) {
  std::size_t places = 0;
  for (const ConceptId form : graph.forms_of(concept_id)) places += graph.node(form).positions.size();
  return places;
}

std::vector<Scored> rank_by_cosine(const GraphView& graph, ConceptId concept_id, std::span<const ConceptId> candidates,
                                   std::size_t k, const AssociationOptions& options) {
  const AssociationVector beside = association(graph, concept_id, options);
  const AssociationVector around = window_association(graph, concept_id, options);
  std::vector<Scored> scored;
  for (const ConceptId candidate : candidates) {
    if (candidate == concept_id) continue;
    const double cosines = cosine(beside, association(graph, candidate, options)) +
                           cosine(around, window_association(graph, candidate, options));
    const auto places = static_cast<double>(places_of(graph, candidate));
    if (cosines > 0) scored.push_back({candidate, cosines / 2 * places / (places + options.evidence)});
  }
  keep_best(scored, k);
  return scored;
}

}  // namespace

AssociationVector association(const GraphView& graph, ConceptId concept_id, const AssociationOptions& options) {
  AssociationVector vector;
  const auto take = [&](const CountMap& row, std::uint64_t side) {
    for (const auto& [context, count] : largest(row, options.max_entries / 2)) {
      const double value = information(graph, count, concept_id, context);
      if (value > 0) vector.entries.emplace_back(2 * std::uint64_t{context} + side, value);
    }
  };
  take(graph.statistics().previous(concept_id), 0);
  take(graph.statistics().next(concept_id), 1);
  std::sort(vector.entries.begin(), vector.entries.end());
  for (const auto& [dimension, value] : vector.entries) vector.norm += value * value;
  vector.norm = std::sqrt(vector.norm);
  return vector;
}

AssociationVector window_association(const GraphView& graph, ConceptId concept_id, const AssociationOptions& options) {
  const Stream& stream = graph.stream();
  std::map<ConceptId, double> weights;
  double looked_at = 0;
  for (const ConceptId form : graph.forms_of(concept_id)) {
    const auto& positions = graph.node(form).positions;
    const Position length = graph.node(form).length;
    const std::size_t places = std::min(options.places, positions.size());
    for (auto place = positions.rbegin(); place != positions.rbegin() + static_cast<std::ptrdiff_t>(places); ++place) {
      const std::uint32_t episode = stream.episode_of(*place);
      const Position begin = stream.begin(episode), end = stream.end(episode);
      for (Position distance = 1; distance <= options.radius; ++distance) {
        const double weight = static_cast<double>(options.radius + 1 - distance) / options.radius;
        if (*place >= begin + distance) weights[graph.concept_of(stream.leaf(*place - distance))] += weight;
        if (*place + length - 1 + distance < end)
          weights[graph.concept_of(stream.leaf(*place + length - 1 + distance))] += weight;
      }
    }
    looked_at += static_cast<double>(places);
  }
  const double window = options.radius + 1.0;  // sum of the weights on both sides
  const auto units = static_cast<double>(std::max<Position>(stream.size(), 1));
  AssociationVector vector;
  for (const auto& [context, weight] : weights) {
    const auto context_places = static_cast<double>(std::max<std::size_t>(places_of(graph, context), 1));
    const double value =
        std::log(weight * units / (window * looked_at * std::pow(context_places, 0.75) * std::pow(units, 0.25)));
    if (value > 0) vector.entries.emplace_back(context, value);
  }
  for (const auto& [dimension, value] : vector.entries) vector.norm += value * value;
  vector.norm = std::sqrt(vector.norm);
  return vector;
}

double cosine(const AssociationVector& a, const AssociationVector& b) {
  if (a.norm == 0 || b.norm == 0) return 0;
  double dot = 0;
  auto i = a.entries.begin();
  auto j = b.entries.begin();
  while (i != a.entries.end() && j != b.entries.end()) {
    if (i->first < j->first)
      ++i;
    else if (j->first < i->first)
      ++j;
    else
      dot += (i++)->second * (j++)->second;
  }
  return dot / (a.norm * b.norm);
}

std::vector<Scored> sharing_contexts(const GraphView& graph, ConceptId concept_id, const AssociationOptions& options) {
  AssociationVector own = association(graph, concept_id, options);
  std::stable_sort(own.entries.begin(), own.entries.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  std::vector<std::pair<ConceptId, double>> votes;
  std::size_t used = 0;
  for (const auto& [dimension, value] : own.entries) {
    const auto context = static_cast<ConceptId>(dimension / 2);
    const CountMap& company =
        dimension % 2 == 0 ? graph.statistics().next(context) : graph.statistics().previous(context);
    if (company.size() < 2 || company.size() > options.max_fan) continue;
    company.for_each([&, telling = value](ConceptId other, std::uint32_t) {
      if (other != concept_id && other != kBoundary) votes.emplace_back(other, telling);
    });
    if (++used == options.contexts) break;
  }
  std::sort(votes.begin(), votes.end());
  std::vector<Scored> scored;
  for (std::size_t i = 0; i < votes.size();) {
    Scored one{votes[i].first, 0};
    for (; i < votes.size() && votes[i].first == one.id; ++i) one.score += votes[i].second;
    one.score /= std::sqrt(static_cast<double>(graph.statistics().total(one.id) + 1));
    scored.push_back(one);
  }
  keep_best(scored, options.max_candidates);
  return scored;
}

std::vector<Scored> similar(const GraphView& graph, ConceptId concept_id, std::size_t k,
                            const AssociationOptions& options) {
  std::vector<ConceptId> candidates;
  for (const Scored& candidate : sharing_contexts(graph, concept_id, options)) candidates.push_back(candidate.id);
  // Beside those that share nearest neighbours, those met around the same telling units.
  AssociationVector around = window_association(graph, concept_id, options);
  std::stable_sort(around.entries.begin(), around.entries.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  std::map<ConceptId, double> votes;
  const Stream& stream = graph.stream();
  for (std::size_t i = 0; i < std::min(options.contexts, around.entries.size()); ++i) {
    const auto& positions = graph.node(static_cast<ConceptId>(around.entries[i].first)).positions;
    const std::size_t places = std::min(options.places / 4, positions.size());
    for (auto place = positions.rbegin(); place != positions.rbegin() + static_cast<std::ptrdiff_t>(places); ++place) {
      const std::uint32_t episode = stream.episode_of(*place);
      const Position begin = *place - std::min(options.radius, *place - stream.begin(episode));
      for (Position p = begin; p < std::min(stream.end(episode), *place + options.radius + 1); ++p)
        votes[graph.concept_of(stream.leaf(p))] += around.entries[i].second / static_cast<double>(places);
    }
  }
  std::vector<Scored> met;
  for (const auto& [id, score] : votes) met.push_back({id, score});
  keep_best(met, options.max_candidates);
  for (const Scored& candidate : met)
    if (std::find(candidates.begin(), candidates.end(), candidate.id) == candidates.end())
      candidates.push_back(candidate.id);
  return rank_by_cosine(graph, concept_id, candidates, k, options);
}

std::vector<Scored> similar_exact(const GraphView& graph, ConceptId concept_id, std::size_t k,
                                  const AssociationOptions& options) {
  std::vector<ConceptId> candidates;
  for (ConceptId id = 1; id < graph.size(); ++id)
    if (graph.node(id).active && graph.node(id).redirect == id) candidates.push_back(id);
  return rank_by_cosine(graph, concept_id, candidates, k, options);
}

}  // namespace noema::concepts
