#include "reasoning/cue.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>

#include "base/text.h"
#include "concepts/occurrences.h"

namespace noema::reasoning {

using concepts::ConceptId;
using concepts::GraphView;
using concepts::kBoundary;
using concepts::Position;

namespace {

/// The first of ascending positions [from, end) that is not before p. O(log of its distance).
const Position* first_at(const Position* from, const Position* end, Position p) {
  std::ptrdiff_t step = 1;
  while (step < end - from && from[step] < p) {
    from += step;
    step *= 2;
  }
  return std::lower_bound(from, from + std::min(step + 1, end - from), p);
}

}  // namespace

Cue::Cue(const GraphView& graph, const Headings& headings, const Openings::Evidence& evidence,
         const WrittenForms& forms, const std::string& text, const CueOptions& options)
    : graph_(graph), headings_(headings), evidence_(evidence), forms_(forms), options_(options) {
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
    bool is_known = add_part(std::move(callers), identity);
    const std::vector<std::string> finer = base::parts_between_marks(identity);
    for (const std::string& one : finer) {
      const auto node = finer.size() == 1 ? std::optional(units_.back()) : met(one);
      finer_units_.push_back(node.value_or(kBoundary));
      if (finer.size() == 1) continue;
      is_known |= add_part(node ? std::vector<Caller>{{*node, 1}} : std::vector<Caller>(), one);
    }
    // Never met: what is asked for, or merely how it is asked.
    if (!is_known) information_ += std::log(1.0 + static_cast<double>(evidence.episodes)) / 2;
  }
  add_forms(known);
}

/// Adds the part that these call and other forms of the word call more faintly; false if no input holds any of them. A
/// word tells as much as it does itself, or as its forms do if it was never met.
bool Cue::add_part(std::vector<Caller> callers, const std::string& identity) {
  double weight = callers.empty() ? 0 : weight_of(callers);
  std::vector<Caller> faint;
  if (callers.empty() || weight >= options_.telling)
    for (const ConceptId form : forms_.of(graph_, identity, options_.most_written))
      if (is_met(form)) faint.push_back({form, options_.written});
  if (callers.empty() && faint.empty()) return false;
  if (callers.empty()) weight = weight_of(faint);
  callers.insert(callers.end(), faint.begin(), faint.end());
  const ConceptId node = callers.front().node;
  if (std::any_of(parts_.begin(), parts_.end(), [&](const Part& part) { return part.node == node; })) return true;
  parts_.push_back({node, weight, std::move(callers)});
  information_ += weight;
  return true;
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
  return node && is_met(*node) ? node : std::nullopt;
}

bool Cue::is_met(ConceptId node) const {
  bool is_met = false;
  visit_inputs(node, [&](std::uint32_t) { return !(is_met = true); });
  return is_met;
}

/// Calls visit(episode) for the inputs that hold a node's most recent mentions, newest first, while it returns true;
/// questions are left out. Returns how many mentions are looked at if it always does.
template <typename Visit>
std::size_t Cue::visit_inputs(ConceptId node, Visit&& visit) const {
  const auto& stream = graph_.stream();
  const auto& positions = graph_.nodes().positions_of(node);
  const std::size_t looked = std::min(positions.size(), options_.mentions);
  Position begin = stream.size();
  std::uint32_t episode = stream.episodes();
  for (auto p = positions.rbegin(); p != positions.rbegin() + static_cast<std::ptrdiff_t>(looked); ++p) {
    if (*p >= begin) continue;
    episode = stream.episode_of(*p, episode);
    begin = stream.begin(episode);
    if (is_evidence(episode) && !visit(episode)) break;
  }
  return looked;
}

/// In how many inputs a node's units stand, by its most recent mentions.
double Cue::inputs_with(ConceptId node) const {
  std::size_t found = 0;
  const std::size_t looked = visit_inputs(node, [&](std::uint32_t) { return ++found > 0; });
  const std::size_t mentions = graph_.nodes().positions_of(node).size();
  return looked > 0 ? static_cast<double>(found * mentions) / static_cast<double>(looked) : 0;
}

/// BM25's idf.
double Cue::weight_of(const std::vector<Caller>& callers) const {
  const auto episodes = static_cast<double>(evidence_.episodes);
  double holding = 0;
  for (const Caller& caller : callers) holding += inputs_with(caller.node);
  holding = std::min(holding, episodes);
  return std::log(1 + (episodes - holding + 0.5) / (holding + 0.5));
}

/// Whether a node's units stand in a stretch of the stream.
bool Cue::stands_in(ConceptId node, Position begin, Position end) const {
  const auto& positions = graph_.nodes().positions_of(node);
  const auto* const first = std::lower_bound(positions.begin(), positions.end(), begin);
  return first != positions.end() && *first < end;
}

/// So many units, against those that an input has on average.
double Cue::relative_length(Position units) const {
  const double mean = static_cast<double>(evidence_.units) / std::max(1.0, static_cast<double>(evidence_.episodes));
  return units / std::max(mean, 1.0);
}

std::vector<double> Cue::rows(std::span<const std::uint32_t> episodes) const {
  const auto& stream = graph_.stream();
  std::vector<double> rows(episodes.size() * parts_.size());
  for (std::size_t part = 0; part < parts_.size(); ++part)
    for (const Caller& caller : parts_[part].callers) {
      const auto& positions = graph_.nodes().positions_of(caller.node);
      const Position* next = positions.begin();
      for (std::size_t i = 0; i < episodes.size(); ++i) {
        const Position begin = stream.begin(episodes[i]), end = stream.end(episodes[i]);
        next = first_at(next, positions.end(), begin);
        if (next == positions.end()) break;
        if (*next >= end) continue;
        const Position* const first = std::exchange(next, first_at(next, positions.end(), end));
        const auto count = static_cast<double>(next - first);
        const double half =
            options_.saturation * (1 - options_.length + options_.length * relative_length(end - begin));
        double& most = rows[i * parts_.size() + part];
        most = std::max(most, caller.share * parts_[part].weight * count * (options_.saturation + 1) / (count + half));
      }
    }
  return rows;
}

double Cue::coverage(std::uint32_t episode) const {
  return coverage(graph_.stream().begin(episode), graph_.stream().end(episode));
}

double Cue::coverage(Position begin, Position end) const {
  // A long input holds a unit by chance as many times as likely as it is longer: so much less that tells. Up to twice
  // the average is no length to speak of.
  const double by_chance = std::max(0.0, std::log(relative_length(end - begin) / 2));
  double covered = 0;
  for (const Part& part : parts_) {
    double share = 0;
    for (const Caller& caller : part.callers)
      if (caller.share > share && stands_in(caller.node, begin, end)) share = caller.share;
    covered += share * std::max(0.0, part.weight - by_chance);
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
  for (const ConceptId node : nodes) {
    if (found.episodes.size() >= options_.candidates) {
      found.all = false;
      break;
    }
    const auto& positions = graph_.nodes().positions_of(node);
    std::size_t looked = 0;
    Position begin = stream.size();
    std::uint32_t episode = stream.episodes();
    std::vector<std::uint32_t> passing;  // newest first
    for (auto p = positions.rbegin(); p != positions.rend(); ++p) {
      if (looked++ >= (is_filtered ? options_.filtered : options_.mentions) || passing.size() >= options_.mentions) {
        found.all = false;
        break;
      }
      if (*p >= begin) continue;
      episode = stream.episode_of(*p, episode);
      begin = stream.begin(episode);
      if (headings_.holds(episode) && headings_.passes(episode, wanted)) passing.push_back(episode);
    }
    std::vector<std::uint32_t> both;
    std::set_union(found.episodes.begin(), found.episodes.end(), passing.rbegin(), passing.rend(),
                   std::back_inserter(both));
    found.episodes = std::move(both);
  }
  return found;
}

}  // namespace noema::reasoning
