#include "concepts/facts/links.h"

#include <algorithm>

namespace noema::concepts::facts {

bool holds(const Told& told, std::uint32_t sentence, const Link& link) {
  return !link.where || told.sentences()[sentence].fillers[*link.where] == link.is;
}

bool stands(const Told& told, std::uint32_t sentence, std::uint32_t sentences) {
  return told.sentences()[sentence].withdrawn >= sentences;
}

std::optional<Fact> newest_fact(const Told& told, std::span<const Link> links, Thing subject, std::uint32_t sentences,
                                bool with_withdrawn) {
  std::optional<Fact> newest;
  for (const Link& link : links) {
    const auto* places = told.places_of(subject, link.form, link.subject);
    if (places == nullptr) continue;
    for (auto place = std::lower_bound(places->begin(), places->end(), sentences); place != places->begin();) {
      --place;
      if (newest && newest->sentence >= *place) break;
      if (!holds(told, *place, link) || (!with_withdrawn && !stands(told, *place, sentences))) continue;
      newest = Fact{*place, link, told.sentences()[*place].fillers[link.value]};
      break;
    }
  }
  return newest;
}

std::vector<Fact> facts_of(const Told& told, std::span<const Link> links, Thing subject, std::uint32_t sentences,
                           std::size_t most) {
  std::vector<Fact> facts;
  for (const Link& link : links) {
    const auto* places = told.places_of(subject, link.form, link.subject);
    if (places == nullptr) continue;
    const std::size_t before = facts.size();
    for (auto place = std::lower_bound(places->begin(), places->end(), sentences);
         place != places->begin() && facts.size() - before < most;) {
      --place;
      if (holds(told, *place, link) && stands(told, *place, sentences))
        facts.push_back({*place, link, told.sentences()[*place].fillers[link.value]});
    }
    std::reverse(facts.begin() + static_cast<std::ptrdiff_t>(before), facts.end());
  }
  std::stable_sort(facts.begin(), facts.end(), [](const Fact& a, const Fact& b) { return a.sentence < b.sentence; });
  return facts;
}

}  // namespace noema::concepts::facts
