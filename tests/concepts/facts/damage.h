#pragma once
// Damages a saved state at random: removes a part of it, or puts another value in its place.

#include <nlohmann/json.hpp>
#include <vector>

#include "base/rng.h"

namespace noema::concepts::facts {

inline void collect_parts(nlohmann::json& state, std::vector<std::pair<nlohmann::json*, std::size_t>>& parts) {
  if (!state.is_structured()) return;
  for (std::size_t i = 0; i < state.size(); ++i) {
    parts.emplace_back(&state, i);
    collect_parts(*std::next(state.begin(), static_cast<std::ptrdiff_t>(i)), parts);
  }
}

inline void damage(nlohmann::json& state, base::Rng& rng) {
  static const auto kValues = nlohmann::json::parse(
      R"([null, true, false, -1, -2, 0, 1, 7, 65536, 16777216, 2147483647, 4294967295, -9223372036854775808,
          18446744073709551615, 1e300, 0.5, "word", [], {}, [1], [-1], [[1, -1], true, 1], {"words": 1}])");
  std::vector<std::pair<nlohmann::json*, std::size_t>> parts;
  collect_parts(state, parts);
  const auto [whole, number] = parts[rng.below(parts.size())];
  const auto part = std::next(whole->begin(), static_cast<std::ptrdiff_t>(number));
  if (rng.below(3) == 0)
    whole->erase(part);
  else
    *part = kValues[rng.below(kValues.size())];
}

}  // namespace noema::concepts::facts
