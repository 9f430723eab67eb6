#include "reasoning/mentions.h"

#include <algorithm>

#include "memory/search_terms.h"
#include "reasoning/withdrawn.h"

namespace noema::reasoning {

using concepts::company::kNoPart;
using concepts::company::kNoWord;
using concepts::company::Word;

struct MentionFinder::Units {
  struct Whole {
    concepts::company::Part part = kNoPart;
    std::size_t begin = 0, end = 0;  ///< its units
  };
  std::vector<base::Unit> places;
  std::vector<std::string> identities;
  std::vector<Whole> wholes;  ///< of each unit, the named whole around it; empty if the life has none
};

MentionFinder::Units MentionFinder::read(const std::string& text) {
  Units units;
  for (const base::Unit& unit : segmenter_.split(text)) {
    if (unit.line_end) continue;
    units.places.push_back(unit);
    units.identities.push_back(base::identity_of(base::surface_of(text, unit)));
  }
  if (wholes_ != nullptr) find_wholes(units);
  return units;
}

void MentionFinder::find_wholes(Units& units) const {
  std::vector<concepts::company::Part> parts;
  for (const std::string& identity : units.identities) parts.push_back(wholes_->find(identity));
  for (const concepts::company::Part part : wholes_->shortest_named(parts)) {
    const std::size_t begin = units.wholes.size();
    const std::size_t end = begin + wholes_->length(part);
    units.wholes.resize(end, {wholes_->is_whole(part) ? part : kNoPart, begin, end});
  }
}

std::vector<std::string> MentionFinder::units_of(const std::string& text) {
  return base::identities_in(segmenter_, text);
}

Mention MentionFinder::mention(const std::string& text, const Units& units, std::size_t first,
                               std::size_t count) const {
  Mention result{0, text, units.places[first].text_begin, units.places[first + count - 1].end, {}};
  const std::size_t reach = concepts::company::SenseOptions{}.reach;
  const auto word = [&](std::size_t i) { return words_.find(units.identities[i]).value_or(kNoWord); };
  for (std::size_t i = first; i > 0 && first - i < reach; --i) result.around.before.push_back(word(i - 1));
  const std::size_t end = std::min(units.places.size(), first + count + reach);
  for (std::size_t i = first + count; i < end; ++i) result.around.after.push_back(word(i));
  if (units.wholes.empty()) return result;
  const auto& [whole, whole_begin, whole_end] = units.wholes[first];
  if (first + count <= whole_end && count < whole_end - whole_begin) result.around.whole = whole;
  return result;
}

std::vector<Mention> MentionFinder::in_text(const std::string& text, const std::vector<std::string>& target) {
  std::vector<Mention> found;
  const Units units = read(text);
  auto from = units.identities.begin();
  while (!target.empty()) {
    from = std::search(from, units.identities.end(), target.begin(), target.end());
    if (from == units.identities.end()) break;
    found.push_back(mention(text, units, static_cast<std::size_t>(from - units.identities.begin()), target.size()));
    from += static_cast<std::ptrdiff_t>(target.size());
  }
  return found;
}

std::vector<std::string> MentionFinder::at(const std::string& text, std::size_t begin, std::size_t end,
                                           Mention& found) {
  const Units units = read(text);
  std::vector<std::string> target;
  std::size_t first = 0;
  for (std::size_t i = 0; i < units.places.size(); ++i) {
    if (units.places[i].end <= begin || units.places[i].text_begin >= end) continue;
    if (target.empty()) first = i;
    target.push_back(units.identities[i]);
  }
  if (!target.empty()) found = mention(text, units, first, target.size());
  return target;
}

std::vector<Mention> MentionFinder::in_life(const memory::Life& life, const std::vector<std::string>& target,
                                            std::size_t most) {
  constexpr std::size_t kLookedAt = 4;  // times as many inputs as are taken
  std::vector<memory::EpisodeId> inputs;
  for (const auto& hit : life.episodes().search({memory::search_terms(target)}, kLookedAt * most))
    inputs.push_back(hit.episode);
  std::sort(inputs.begin(), inputs.end());
  const auto withdrawn = withdrawn_inputs(life);
  const std::size_t step = std::max<std::size_t>(1, (inputs.size() + most - 1) / most);
  std::vector<Mention> found;
  for (std::size_t i = 0; i < inputs.size() && found.size() < most; i += step) {
    const auto row = withdrawn.contains(inputs[i]) ? std::nullopt : life.episodes().input(inputs[i]);
    if (!row) continue;
    for (Mention& one : in_text(row->text, target)) {
      one.input = inputs[i];
      found.push_back(std::move(one));
    }
  }
  return found;
}

}  // namespace noema::reasoning
