#pragma once
// The state of a predictor in its first format: unnamed numbers, whose meaning is their place in these lists. The lists
// are fixed for ever. The gate keeps its features in this order, new ones after them, so that sums keep their bits.

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace noema::reasoning::first_format {

inline constexpr std::size_t kBuckets = 1024;

/// Names of the ten voices and of the features before those of each voice's recent gain.
const std::vector<std::string>& voices();
const std::vector<std::string>& features();

/// Name of the feature that holds the recent gain of a voice.
std::string recent_gain_of(const std::string& voice);

/// The numbers by name, as Predictor::state has them now; nothing if the bytes are of another length.
std::optional<nlohmann::json> read(std::string_view bytes);

}  // namespace noema::reasoning::first_format
