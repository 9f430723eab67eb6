#include "app/actions/telling.h"

#include <algorithm>
#include <cmath>

#include "app/actions/concept_value.h"
#include "base/text.h"
#include "reasoning/company.h"

namespace noema::app {

using concepts::ConceptId;
using concepts::Graph;

namespace {

constexpr std::size_t kCommonest = 2000;  // by which it is judged what is ordinary
constexpr int kHighest = 8;               // categories of categories are followed no further

/// The relative entropy of one side's neighbours against all mentions, in nats, times their number.
double nats_of_side(const concepts::Statistics& statistics, const concepts::CountMap& row) {
  double own = 0, nats = 0;
  row.for_each([&](ConceptId other, std::uint32_t count) {
    if (other != concepts::kBoundary) own += count;
  });
  for (const auto& [other, count] : row.sorted()) {
    if (other == concepts::kBoundary) continue;
    const double share = static_cast<double>(statistics.total(other)) / static_cast<double>(statistics.mentions());
    nats += count * std::log(count / (own * std::max(share, 1e-12)));
  }
  return nats;
}

/// How unexpected a mention of the concept is in an input.
double surprise_bits(const Graph& graph, ConceptId id) {
  const double mentions = static_cast<double>(std::max<std::uint64_t>(occurrences_of(graph, id), 1));
  return std::max(0.0, std::log2(static_cast<double>(graph.stream().attached_episodes()) / mentions));
}

/// The concepts with the most mentions.
std::vector<ConceptId> mentioned_most(const Graph& graph) {
  std::vector<ConceptId> ids = all_concepts(graph);
  const std::size_t most = std::min(kCommonest, ids.size());
  std::vector<std::pair<std::uint64_t, ConceptId>> counted;
  for (const ConceptId id : ids) counted.emplace_back(~occurrences_of(graph, id), id);
  std::partial_sort(counted.begin(), counted.begin() + static_cast<std::ptrdiff_t>(most), counted.end());
  ids.clear();
  for (std::size_t i = 0; i < most; ++i) ids.push_back(counted[i].second);
  return ids;
}

}  // namespace

std::uint64_t occurrences_of(const Graph& graph, ConceptId id) {
  return std::max<std::uint64_t>(graph.statistics().total(id), graph.node(id).positions.size());
}

double told_bits(const Graph& graph, ConceptId id) {
  const concepts::Statistics& statistics = graph.statistics();
  const auto mentions = static_cast<double>(statistics.total(id));
  const double surprise = surprise_bits(graph, id);
  if (is_category(graph, id) || mentions == 0) return surprise;
  const double nats = nats_of_side(statistics, statistics.next(id)) + nats_of_side(statistics, statistics.previous(id));
  return std::clamp(nats / (2 * mentions) / std::log(2.0), 0.0, surprise);
}

double average_told_bits(const Graph& graph, const std::vector<ConceptId>& ids, const std::vector<double>& told) {
  double bits = 0, mentions = 0;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if (is_category(graph, ids[i])) continue;
    const auto count = static_cast<double>(occurrences_of(graph, ids[i]));
    bits += count * told[i];
    mentions += count;
  }
  return mentions > 0 ? bits / mentions : 0;
}

TellingConcepts::TellingConcepts(const reasoning::MindView& view)
    : graph_(view.graph()), words_(reasoning::stored_words(view.life())) {
  if (!words_) {
    const std::vector<ConceptId> ids = mentioned_most(graph_);
    std::vector<double> told;
    for (const ConceptId id : ids) told.push_back(told_bits(graph_, id));
    average_ = average_told_bits(graph_, ids, told);
    return;
  }
  const double mean = words_->mean_informativeness();
  for (concepts::company::Word word = 0; word < words_->size(); ++word)
    company_.emplace((*words_)[word].unit, mean > 0 ? double{(*words_)[word].informativeness} / mean : 0.0);
}

double TellingConcepts::of_unit(ConceptId unit) const {
  constexpr double kRare = 1.5;  // a word that is too rare for its company to be known
  const auto* known = graph_.still_has(unit) ? graph_.node(unit).as<concepts::Unit>() : nullptr;
  if (known == nullptr || base::is_mark(known->label)) return 0;
  if (!words_) return average_ > 0 ? told_bits(graph_, graph_.concept_of(unit)) / average_ : 0;
  const auto found = company_.find(unit);
  return found == company_.end() ? kRare : found->second;
}

bool TellingConcepts::ends_tell(ConceptId id) const {
  const std::vector<ConceptId> units = graph_.nodes().units_of(id);
  if (units.empty()) return false;
  const double first = of_unit(units.front()), last = of_unit(units.back());
  return units.size() == 1 ? first >= kOrdinaryShare : std::min(first, last) >= 0.5 && first + last >= 2;
}

/// Adds what the mentions of these tell, those in categories and wholes included, and how many they are.
void TellingConcepts::add(const std::vector<ConceptId>& ids, int levels, double& told, double& mentions) const {
  for (const ConceptId id : ids) {
    if (const auto* category = graph_.node(id).as<concepts::Category>()) {
      if (levels > 0) add(category->members, levels - 1, told, mentions);
      continue;
    }
    const auto count = static_cast<double>(std::max<std::uint64_t>(graph_.statistics().total(id), 1));
    double own = 0;
    const std::vector<ConceptId> units = graph_.nodes().units_of(id);
    if (units.empty()) continue;
    for (const ConceptId unit : {units.front(), units.back()}) own += of_unit(unit) / 2;
    told += count * own;
    mentions += count;
  }
}

bool TellingConcepts::tell_on_average(const std::vector<ConceptId>& ids) const {
  double told = 0, mentions = 0;
  add(ids, kHighest, told, mentions);
  return mentions > 0 && told >= kOrdinaryShare * mentions;
}

bool TellingConcepts::tells(ConceptId id) const {
  const concepts::Node& node = graph_.node(id);
  if (const auto* category = node.as<concepts::Category>()) return tell_on_average(category->members);
  if (const auto* schema = node.as<concepts::Schema>())
    return ends_tell(schema->fixed) && tell_on_average(schema->fillers);
  return ends_tell(id);
}

}  // namespace noema::app
