#include "concepts/facts/holding.h"

#include <algorithm>

namespace noema::concepts::facts {

std::optional<Holding> held_by(const Told& told, const Description& description, const Words& words) {
  std::optional<Holding> part;
  for (std::uint32_t slot = 0; slot < description.fillers.size(); ++slot) {
    const Words& filler = told.words_of(description.fillers[slot]);
    if (filler == words) return Holding{slot};
    if (part || filler.size() <= words.size()) continue;
    const auto found = std::search(filler.begin(), filler.end(), words.begin(), words.end());
    if (found == filler.end()) continue;
    const auto begin = static_cast<std::uint32_t>(found - filler.begin());
    part = Holding{slot, WordsHash()(cut_out(filler, {begin, begin + static_cast<std::uint32_t>(words.size())}))};
  }
  return part;
}

std::optional<Holding> name_held_by(const Told& told, const Description& description, const Words& name) {
  if (const auto holding = held_by(told, description, name)) return holding;
  const Words& pattern = told.form(description.form).pattern;
  if (name.size() != 1 || std::find(pattern.begin(), pattern.end(), name.front()) == pattern.end()) return std::nullopt;
  return Holding{kConstant};
}

Key with_fillers_beside(Key key, const Description& description, std::uint32_t slots) {
  for (std::uint32_t slot = 0; slot < description.fillers.size(); ++slot)
    if ((slots >> slot & 1) == 0) key = mixed({key, slot, description.fillers[slot]});
  return key;
}

}  // namespace noema::concepts::facts
