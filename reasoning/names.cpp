#include "reasoning/names.h"

#include <algorithm>
#include <cmath>

namespace noema::reasoning {

using concepts::ConceptId;
using concepts::Stream;

ConceptId Names::rarest(std::span<const ConceptId> run) const {
  return *std::min_element(run.begin(), run.end(), [&](ConceptId a, ConceptId b) {
    return graph_.nodes().positions_of(a).size() < graph_.nodes().positions_of(b).size();
  });
}

/// Calls visit(input, position) for the places of a run, newest first, while it returns true; questions and what is not
/// committed are left out. Returns how many places of its rarest unit were looked at.
template <typename Visit>
std::size_t Names::visit_places(std::span<const ConceptId> run, Visit&& visit) const {
  const Stream& stream = graph_.stream();
  const ConceptId unit = rarest(run);
  const auto offset = static_cast<concepts::Position>(std::find(run.begin(), run.end(), unit) - run.begin());
  const auto length = static_cast<concepts::Position>(run.size());
  const auto& positions = graph_.nodes().positions_of(unit);
  std::size_t looked = 0;
  std::uint32_t before = stream.episodes();
  for (auto p = positions.rbegin(); p != positions.rend() && looked < options_.mentions; ++p, ++looked) {
    if (*p < stream.first_position() + offset || *p - offset + length > stream.size()) continue;
    const concepts::Position begin = *p - offset;
    bool same = true;
    for (concepts::Position i = 0; i < length && same; ++i)
      same = stream.leaf(begin + i) == run[i] && (i == 0 || !stream.begins_episode(begin + i));
    if (!same) continue;
    const std::uint32_t episode = stream.episode_of(begin, before);
    before = episode + 1;
    if (!headings_.holds(episode) || headings_[episode].is_question) continue;
    if (!visit(headings_[episode].first, begin)) break;
  }
  return looked;
}

Mentions Names::mentions_of(const Units& run) const {
  Mentions found;
  const std::size_t looked = visit_places(run, [&](std::uint32_t input, concepts::Position) {
    if (found.inputs.empty() || found.inputs.back() != input) found.inputs.push_back(input);
    return true;
  });
  const auto places = static_cast<double>(graph_.nodes().positions_of(rarest(run)).size());
  found.estimate =
      static_cast<double>(found.inputs.size()) * places / static_cast<double>(std::max<std::size_t>(looked, 1));
  return found;
}

double Names::information(const Mentions& mentions) const {
  const auto inputs = static_cast<double>(std::max<std::uint64_t>(openings_.evidence().episodes, 1));
  return std::max(0.0, std::log(inputs / std::max(1.0, mentions.estimate)));
}

/// True if an input of another text holds the run, which opens the text at this place.
bool Names::recurs_elsewhere(std::size_t place, std::span<const ConceptId> run) const {
  const Stream& stream = graph_.stream();
  const auto own = units_from(stream, openings_[place]);
  bool recurs = false;
  visit_places(run, [&](std::uint32_t input, concepts::Position) {
    if (input == openings_[place].episode || input < stream.first_episode()) return true;
    const auto other = opening_of(graph_, input);
    recurs = !other || !std::ranges::equal(units_from(stream, *other), own);
    return !recurs;
  });
  return recurs;
}

NameLengths Names::lengths_of(std::size_t place) {
  const auto [known, is_new] = lengths_.try_emplace(place);
  if (!is_new) return known->second;
  const Stream& stream = graph_.stream();
  const auto text = units_from(stream, openings_[place]);
  std::size_t cut = 0;  // where the first mark stands
  while (cut < text.size() && !is_mark(graph_, text[cut])) ++cut;
  std::uint32_t again = 0, other = 0;
  Openings::Range range = openings_.all();
  for (std::uint32_t n = 1; n <= options_.longest && n <= text.size(); ++n) {
    const auto run = text.first(n);
    range = openings_.narrowed(stream, range, run.back());
    const bool elsewhere =
        openings_.tellings(stream, range.begin).size() < range.size() || recurs_elsewhere(place, run);
    const auto rest = text.subspan(1);
    if (!elsewhere && std::search(rest.begin(), rest.end(), run.begin(), run.end()) == rest.end()) break;
    again = n;
    if (elsewhere && !is_mark(graph_, run.back())) other = n;
  }
  NameLengths& lengths = lengths_[place];
  lengths.first = std::min(again, static_cast<std::uint32_t>(cut));
  lengths.second = other > lengths.first ? other : 0;
  return lengths;
}

std::vector<Units> Names::of(std::uint32_t episode) {
  const auto place = openings_.place_of(graph_, episode);
  if (!place) return {};
  const Stream& stream = graph_.stream();
  const std::size_t newest = openings_.tellings(stream, *place).end - 1;
  const auto text = units_from(stream, openings_[newest]);
  std::vector<Units> names;
  const NameLengths lengths = lengths_of(newest);
  for (const std::uint32_t length : {lengths.first, lengths.second})
    if (length > 0) names.emplace_back(text.begin(), text.begin() + length);
  return names;
}

/// The inputs that may be recalled and are about exactly the run that opens those of the range.
const std::vector<std::uint32_t>& Names::about(const Openings::Range& range) {
  const auto [known, is_new] = about_.try_emplace({range.begin, range.length});
  std::vector<std::uint32_t>& inputs = known->second;
  if (!is_new) return inputs;
  std::vector<std::pair<std::uint32_t, std::size_t>> texts;  // an input that may be recalled, and its text's place
  std::size_t looked = 0;
  openings_.for_each_text(graph_.stream(), range, [&](const Openings::Range& tellings) {
    if (const auto newest = newest_(tellings)) texts.emplace_back(*newest, tellings.end - 1);
    return ++looked <= options_.texts && texts.size() <= options_.most;
  });
  if (looked > options_.texts || texts.size() > options_.most) return inputs;
  for (const auto& [input, place] : texts) {
    const NameLengths lengths = lengths_of(place);
    if (lengths.first == range.length || lengths.second == range.length) inputs.push_back(input);
  }
  return inputs;
}

Things Names::things_in(std::span<const ConceptId> units) {
  Things things;
  for (std::size_t i = 0; i < units.size();) {
    std::size_t longest = 0;
    const std::vector<std::uint32_t>* inputs = nullptr;
    Openings::Range range = openings_.all();
    for (std::size_t n = 1; n <= options_.longest && i + n <= units.size(); ++n) {
      if (units[i + n - 1] == concepts::kBoundary) break;
      range = openings_.narrowed(graph_.stream(), range, units[i + n - 1]);
      if (range.empty()) break;
      if (const auto& found = about(range); !found.empty()) {
        longest = n;
        inputs = &found;
      }
    }
    if (longest > 0) {
      const auto run = units.subspan(i, longest);
      things.emplace(Units(run.begin(), run.end()), *inputs);
    }
    i += std::max<std::size_t>(longest, 1);
  }
  return things;
}

}  // namespace noema::reasoning
