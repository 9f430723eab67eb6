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

bool is_constant(const Told& told, const Description& description, Word word) {
  const Words& pattern = told.form(description.form).pattern;
  return std::find(pattern.begin(), pattern.end(), word) != pattern.end();
}

}  // namespace noema::concepts::facts
