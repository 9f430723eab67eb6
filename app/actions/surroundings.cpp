#include "app/actions/surroundings.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "base/text.h"
#include "reasoning/company.h"
#include "reasoning/mentions.h"

namespace noema::app {

using concepts::ConceptId;
using concepts::Graph;
using concepts::company::kNoWord;
using concepts::company::Word;
using concepts::company::Words;

namespace {

constexpr std::size_t kMostMentions = 1024;

/// How sure it is that `count` times are more than `chance`, which they would be by chance, in nats: the log-likelihood
/// ratio of two Poisson rates. 0 for what is not more.
double surely_more(double count, double chance) {
  return count > chance ? count * std::log(count / chance) - (count - chance) : 0;
}

/// The identities of a concept's units; none for what has no units of its own.
std::vector<std::string> identities_of(const Graph& graph, ConceptId id) {
  std::vector<std::string> identities;
  if (graph.node(id).is<concepts::Schema>()) return identities;
  for (const ConceptId unit : graph.nodes().units_of(id))
    identities.push_back(graph.node(unit).as<concepts::Unit>()->label);
  return identities;
}

std::vector<std::string> words_around(const memory::Life& life, const Graph& graph, const TellingConcepts& telling,
                                      const std::vector<std::string>& target, std::size_t most) {
  const Words& words = *telling.words();
  const std::set<std::string> own(target.begin(), target.end());
  std::map<Word, std::set<memory::EpisodeId>> inputs;
  double seen = 0;
  reasoning::MentionFinder finder(words);
  for (const reasoning::Mention& mention : finder.in_life(life, target, kMostMentions))
    for (const auto* side : {&mention.around.before, &mention.around.after})
      for (const Word word : *side) {
        ++seen;
        if (word != kNoWord && !own.contains(words[word].identity)) inputs[word].insert(mention.input);
      }
  std::vector<concepts::company::ScoredWord> scored;
  for (const auto& [word, in] : inputs) {
    const double share =
        static_cast<double>(words[word].occurrences) / static_cast<double>(std::max<std::uint64_t>(words.units(), 1));
    const ConceptId unit = words[word].unit;
    const bool tells = graph.still_has(unit) && telling.of_unit(unit) >= kOrdinaryShare;
    if (tells && in.size() > 1) scored.push_back({word, surely_more(static_cast<double>(in.size()), seen * share)});
  }
  std::vector<std::string> labels;
  for (const auto& [word, score] : best_of(std::move(scored), most)) labels.push_back(words[word].label);
  return labels;
}

std::vector<std::string> labels_beside(const Graph& graph, const TellingConcepts& telling, ConceptId id,
                                       std::size_t most) {
  std::map<ConceptId, std::uint64_t> counts;
  for (const auto* row : {&graph.statistics().previous(id), &graph.statistics().next(id)})
    for (const NamedConcept& one : telling_beside(graph, telling, id, *row, most))
      if (one.id != id && telling.tells(one.id)) counts[one.id] += one.count;
  std::vector<std::pair<std::uint64_t, ConceptId>> ordered;
  for (const auto& [other, count] : counts) ordered.emplace_back(~count, other);
  std::sort(ordered.begin(), ordered.end());
  if (ordered.size() > most) ordered.resize(most);
  std::vector<std::string> labels;
  for (const auto& [count, other] : ordered) labels.push_back(label_of(graph, other));
  return labels;
}

}  // namespace

std::vector<NamedConcept> telling_beside(const Graph& graph, const TellingConcepts& telling, ConceptId id,
                                         const concepts::CountMap& row, std::size_t most) {
  constexpr double kOften = 16;
  const concepts::Statistics& statistics = graph.statistics();
  const double share = static_cast<double>(statistics.total(id)) /
                       static_cast<double>(std::max<std::uint64_t>(statistics.mentions(), 1));
  std::vector<std::pair<double, std::pair<ConceptId, std::uint32_t>>> found;
  for (const auto& cell : row.sorted()) {
    const double chance = share * static_cast<double>(statistics.total(cell.first));
    const double sure = surely_more(cell.second, chance);
    if (cell.first == concepts::kBoundary || sure == 0) continue;
    if (telling.tells(cell.first) || cell.second > kOften * chance) found.emplace_back(-sure, cell);
  }
  std::sort(found.begin(), found.end());
  if (found.size() > most) found.resize(most);
  std::vector<NamedConcept> all;
  for (const auto& [sure, cell] : found) all.push_back({cell.first, label_of(graph, cell.first), cell.second});
  return all;
}

std::vector<std::string> what_goes_with(const reasoning::MindView& view, const TellingConcepts& telling, ConceptId id,
                                        std::size_t most) {
  const Graph& graph = view.graph();
  if (is_category(graph, id)) return {};
  const std::vector<std::string> target = identities_of(graph, id);
  return telling.words() && !target.empty() ? words_around(view.life(), graph, telling, target, most)
                                            : labels_beside(graph, telling, id, most);
}

std::string mostly_written(const std::map<std::string, std::size_t>& writings, const std::string& otherwise) {
  const auto most = std::max_element(writings.begin(), writings.end(),
                                     [](const auto& a, const auto& b) { return a.second < b.second; });
  return most == writings.end() ? otherwise : most->first;
}

std::string written_label(const reasoning::MindView& view, ConceptId id) {
  constexpr std::size_t kSample = 16;
  const Graph& graph = view.graph();
  const concepts::Node& node = graph.node(id);
  if (!node.is<concepts::Composite>()) return label_of(graph, id);
  const std::vector<concepts::Position> mentions = concepts::mentions_of(graph.ground(), {&id, 1});
  std::map<std::string, std::size_t> writings;
  base::Segmenter segmenter;
  for (std::size_t i = 0; i < std::min(kSample, mentions.size()); ++i) {
    const concepts::Position p = mentions[mentions.size() * i / std::min(kSample, mentions.size())];
    const std::uint32_t episode = graph.stream().episode_of(p);
    const auto row = view.life().episodes().find(static_cast<memory::EpisodeId>(episode) + 1);
    if (!row) continue;
    const auto units = segmenter.split(row->text);
    const std::size_t first = p - graph.stream().begin(episode), last = first + node.length - 1;
    if (last >= units.size() || units[last].line_end) continue;
    ++writings[row->text.substr(units[first].text_begin, units[last].end - units[first].text_begin)];
  }
  return mostly_written(writings, label_of(graph, id));
}

}  // namespace noema::app
