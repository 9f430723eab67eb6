#include "reasoning/cue.h"

#include <algorithm>
#include <cmath>
#include <unordered_set>

#include "base/text.h"
#include "concepts/occurrences.h"

namespace noema::reasoning {

using concepts::ConceptId;
using concepts::GraphView;
using concepts::kBoundary;

Cue::Cue(const GraphView& graph, const Headings& headings, const Openings::Evidence& evidence, const std::string& text,
         const CueOptions& options)
    : graph_(graph), headings_(headings), evidence_(evidence), options_(options) {
  base::Segmenter segmenter;
  std::vector<ConceptId> known;
  for (const base::Unit& unit : segmenter.split(text)) {
    if (unit.line_end) continue;
    std::vector<Caller> callers;  // the unit, and what rows of older rules hold in its place
    const std::string surface = base::surface_of(text, unit);
    for (std::string& identity : base::identities_of(surface)) {
      if (const auto node = met(identity)) callers.push_back({*node, 1});
      terms_.push_back(std::move(identity));
    }
    units_.push_back(callers.empty() ? kBoundary : callers.front().node);
    if (!callers.empty()) known.push_back(units_.back());
    const std::string identity = base::identity_of(surface);
    if (base::is_mark(identity)) {
      finer_units_.push_back(units_.back());
      continue;
    }
    bool is_known = !callers.empty();
    if (is_known) add_part(callers);
    const std::vector<std::string> finer = base::parts_between_marks(identity);
    for (const std::string& one : finer) {
      const auto node = finer.size() == 1 ? std::optional(units_.back()) : met(one);
      finer_units_.push_back(node.value_or(kBoundary));
      if (finer.size() == 1 || !node) continue;
      is_known = true;
      add_part({{*node, 1}});
    }
    // Never met: what is asked for, or merely how it is asked.
    if (!is_known) information_ += std::log(1.0 + static_cast<double>(evidence.episodes)) / 2;
  }
  add_forms(known);
}

void Cue::add_part(const std::vector<Caller>& callers) {
  const ConceptId node = callers.front().node;
  if (std::any_of(parts_.begin(), parts_.end(), [&](const Part& part) { return part.node == node; })) return;
  parts_.push_back({node, weight_of(callers), callers});
  information_ += parts_.back().weight;
}

/// Other forms of the concepts that the cue mentions call too, more faintly.
void Cue::add_forms(const std::vector<ConceptId>& known) {
  for (const concepts::Mention& mention : divide(graph_.nodes(), known)) {
    for (const ConceptId form : graph_.forms_of(graph_.concept_of(mention.node))) {
      const bool is_own = form == mention.node || std::find(known.begin(), known.end(), form) != known.end();
      if (is_own || graph_.nodes().positions_of(form).empty()) continue;
      const auto part = std::find_if(parts_.begin(), parts_.end(),
                                     [&](const Part& one) { return one.node == known[mention.offset]; });
      if (mention.length == 1 && part != parts_.end())
        part->callers.push_back({form, options_.form});
      else
        parts_.push_back({form, weight_of({{form, 1}}), {{form, options_.form}}});
    }
  }
}

/// The unit of an identity, if an input holds it.
std::optional<ConceptId> Cue::met(const std::string& identity) const {
  const auto node = graph_.find(identity);
  return node && inputs_with(*node) > 0 ? node : std::nullopt;
}

/// In how many inputs a node's units stand, by its most recent mentions.
double Cue::inputs_with(ConceptId node) const {
  const auto& stream = graph_.stream();
  const auto& positions = graph_.nodes().positions_of(node);
  const std::size_t looked = std::min(positions.size(), options_.mentions);
  std::size_t found = 0;
  concepts::Position begin = stream.size();
  for (auto p = positions.rbegin(); p != positions.rbegin() + static_cast<std::ptrdiff_t>(looked); ++p) {
    if (*p >= begin) continue;
    const std::uint32_t episode = stream.episode_of(*p);
    begin = stream.begin(episode);
    found += is_evidence(episode);
  }
  return looked > 0 ? static_cast<double>(found * positions.size()) / static_cast<double>(looked) : 0;
}

/// BM25's idf.
double Cue::weight_of(const std::vector<Caller>& callers) const {
  const auto episodes = static_cast<double>(evidence_.episodes);
  double holding = 0;
  for (const Caller& caller : callers) holding += inputs_with(caller.node);
  holding = std::min(holding, episodes);
  return std::log(1 + (episodes - holding + 0.5) / (holding + 0.5));
}

/// How often a node's units stand in an episode.
std::size_t Cue::times(ConceptId node, std::uint32_t episode) const {
  const auto& positions = graph_.nodes().positions_of(node);
  const auto* first = std::lower_bound(positions.begin(), positions.end(), graph_.stream().begin(episode));
  return static_cast<std::size_t>(std::lower_bound(first, positions.end(), graph_.stream().end(episode)) - first);
}

std::vector<double> Cue::row(std::uint32_t episode) const {
  const auto& stream = graph_.stream();
  const double mean = static_cast<double>(evidence_.units) / std::max(1.0, static_cast<double>(evidence_.episodes));
  const double length = (stream.end(episode) - stream.begin(episode)) / std::max(mean, 1.0);
  const double half = options_.saturation * (1 - options_.length + options_.length * length);
  std::vector<double> row;
  for (const Part& part : parts_) {
    double most = 0;
    for (const Caller& caller : part.callers) {
      const auto count = static_cast<double>(times(caller.node, episode));
      most = std::max(most, caller.share * part.weight * count * (options_.saturation + 1) / (count + half));
    }
    row.push_back(most);
  }
  return row;
}

double Cue::coverage(std::uint32_t episode) const {
  double covered = 0;
  for (const Part& part : parts_) {
    const auto holds = [&](const Caller& caller) { return caller.share == 1 && times(caller.node, episode) > 0; };
    if (std::any_of(part.callers.begin(), part.callers.end(), holds)) covered += part.weight;
  }
  return information_ > 0 ? std::min(1.0, covered / information_) : 0;
}

Cue::Candidates Cue::candidates(const Headings::Wanted& wanted) const {
  const auto& stream = graph_.stream();
  const bool is_filtered = wanted.group || wanted.speaker || wanted.since;
  std::vector<ConceptId> nodes;
  for (const Part& part : parts_)
    for (const Caller& caller : part.callers) nodes.push_back(caller.node);
  std::stable_sort(nodes.begin(), nodes.end(), [&](ConceptId a, ConceptId b) {
    return graph_.nodes().positions_of(a).size() < graph_.nodes().positions_of(b).size();
  });
  Candidates found;
  std::unordered_set<std::uint32_t> seen;
  for (const ConceptId node : nodes) {
    if (found.episodes.size() >= options_.candidates) {
      found.all = false;
      break;
    }
    const auto& positions = graph_.nodes().positions_of(node);
    std::size_t looked = 0, passing = 0;
    concepts::Position begin = stream.size();
    for (auto p = positions.rbegin(); p != positions.rend(); ++p) {
      if (looked++ >= (is_filtered ? options_.filtered : options_.mentions) || passing >= options_.mentions) {
        found.all = false;
        break;
      }
      if (*p >= begin) continue;
      const std::uint32_t episode = stream.episode_of(*p);
      begin = stream.begin(episode);
      if (!headings_.holds(episode) || !headings_.passes(episode, wanted)) continue;
      ++passing;
      if (seen.insert(episode).second) found.episodes.push_back(episode);
    }
  }
  return found;
}

}  // namespace noema::reasoning
