#include "reasoning/recall.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "base/text.h"
#include "concepts/association.h"
#include "reasoning/taught.h"

namespace noema::reasoning {

using concepts::ConceptId;
using concepts::Graph;

namespace {

constexpr double kSaturation = 0.9;  // BM25's k1: a second mention says less than the first
constexpr double kLength = 0.4;      // BM25's b

/// How much a unit tells: the fewer episodes' worth of mentions it has, the more.
double informativeness(const Graph& graph, ConceptId unit) {
  const double episodes = std::max<std::uint32_t>(graph.stream().attached_episodes(), 1);
  const double mentions = static_cast<double>(graph.node(unit).positions.size());
  return std::log(1 + episodes / (1 + mentions));
}

struct Found {
  double score = 0;
  double covered = 0;
  std::vector<std::pair<double, ConceptId>> via;
};

/// Adds what one node's units say for the episodes that hold them.
void call_episodes(const Graph& graph, ConceptId node, double weight, bool of_cue, std::size_t most,
                   std::map<std::uint32_t, Found>& found) {
  const auto& positions = graph.node(node).positions;
  const auto& stream = graph.stream();
  const double mean_length =
      static_cast<double>(stream.attached_units()) / std::max<std::uint32_t>(stream.attached_episodes(), 1);
  std::map<std::uint32_t, double> times;
  const std::size_t begin = positions.size() > most ? positions.size() - most : 0;
  for (std::size_t i = begin; i < positions.size(); ++i) times[stream.episode_of(positions[i])] += 1;
  for (const auto& [episode, count] : times) {
    const double length = (stream.end(episode) - stream.begin(episode)) / std::max(mean_length, 1.0);
    const double score = weight * count * (kSaturation + 1) / (count + kSaturation * (1 - kLength + kLength * length));
    Found& entry = found[episode];
    entry.score += score;
    if (of_cue) entry.covered += weight;
    entry.via.emplace_back(score, graph.concept_of(node));
  }
}

}  // namespace

std::vector<Recalled> recall(const Graph& graph, const memory::Life& life, const std::string& cue, std::size_t k,
                             const std::optional<std::string>& group, const RecallOptions& options) {
  // 1. The cue's units, and the composites they make, call their concepts.
  base::Segmenter segmenter;
  std::vector<std::string> terms;
  std::vector<ConceptId> units, of_older_rules;
  std::set<ConceptId> own;
  double information = 0;
  for (const base::Unit& unit : segmenter.split(cue)) {
    if (unit.line_end) continue;
    std::optional<ConceptId> known;
    for (std::string& identity : base::identities_of(base::surface_of(cue, unit))) {
      if (const auto node = graph.find(identity); node && known)
        of_older_rules.push_back(*node);
      else if (node)
        known = node;
      terms.push_back(std::move(identity));
    }
    if (known)
      units.push_back(*known);
    else
      information += std::log(1.0 + graph.stream().attached_episodes()) /
                     2;  // never met: what is asked for, or merely how it is asked
  }
  for (const concepts::Mention& mention : divide(graph.nodes(), units)) own.insert(mention.node);
  own.insert(units.begin(), units.end());

  // 2. Concepts call episodes; concepts of other forms and of like company call more faintly.
  std::map<std::uint32_t, Found> found;
  std::vector<concepts::Scored> seeds;
  for (const ConceptId node : own) {
    const double weight = informativeness(graph, node);
    const bool unit = graph.node(node).is<concepts::Unit>() || graph.node(node).is<concepts::Sense>();
    if (unit) information += weight;
    call_episodes(graph, node, unit ? weight : weight / 2, unit, options.postings, found);
    seeds.push_back({graph.concept_of(node), weight});
    for (const ConceptId form : graph.forms_of(graph.concept_of(node)))
      if (!own.contains(form)) call_episodes(graph, form, weight / 2, false, options.postings, found);
  }
  for (const ConceptId node : of_older_rules)  // the same word of the cue once more, so no further information
    call_episodes(graph, node, informativeness(graph, node), true, options.postings, found);
  std::size_t passed_on = 0;
  for (const concepts::Scored& active : concepts::spread(graph, seeds)) {
    if (own.contains(active.id) || active.id == concepts::kBoundary) continue;
    if (++passed_on > options.passed_on) break;
    call_episodes(graph, active.id, options.spread_weight * std::min(active.score, informativeness(graph, active.id)),
                  false, options.postings, found);
  }

  // 3. The lexical index sees beyond the most recent postings.
  for (const memory::LexicalHit& hit : life.episodes().search(terms, options.lexical, group)) {
    Found& entry = found[static_cast<std::uint32_t>(hit.episode - 1)];
    if (entry.score == 0) entry.score = 0.5 * hit.score;
  }

  std::vector<Recalled> recalled;
  for (auto& [episode, entry] : found) {
    std::stable_sort(entry.via.begin(), entry.via.end(),
                     [](const auto& a, const auto& b) { return a.first > b.first; });
    Recalled one{static_cast<memory::EpisodeId>(episode) + 1,
                 entry.score,
                 information > 0 ? std::min(1.0, entry.covered / information) : 0,
                 {}};
    for (const auto& [score, concept_id] : entry.via)
      if (one.via.size() < 4 && std::find(one.via.begin(), one.via.end(), concept_id) == one.via.end())
        one.via.push_back(concept_id);
    recalled.push_back(std::move(one));
  }
  std::stable_sort(recalled.begin(), recalled.end(),
                   [](const Recalled& a, const Recalled& b) { return a.score > b.score; });
  std::vector<Recalled> best;
  for (Recalled& one : recalled) {
    if (best.size() == k) break;
    const auto row = life.episodes().find(one.episode);
    if (!row || is_question(*row) || (group && row->group != *group)) continue;
    if (row->begins_at != 0) one.episode = row->begins_at;  // the input is recalled, once, not its pieces
    const auto same = [&](const Recalled& other) { return other.episode == one.episode; };
    if (std::any_of(best.begin(), best.end(), same)) continue;
    best.push_back(std::move(one));
  }
  return best;
}

}  // namespace noema::reasoning
