#pragma once
// Settings of the arms that need some, chosen on a text of their own: the same number of settings for each arm, on the
// same words. Tuning throws base::Interrupted when a stop is requested.

#include <cstdint>
#include <stop_token>
#include <string>
#include <vector>

#include "transformer/model.h"
#include "transformer/predictive_copy.h"

namespace noema::reasoning {

inline constexpr std::size_t kTunedSettings = 24;     ///< each arm's grid
inline constexpr std::uint64_t kTuningWords = 10000;  ///< words and line ends of the text, if nothing else is said

/// p = (1 - lambda) p_transformer + lambda p_cache; p_cache(w) ~ sum over the last `window` units i followed by w of
/// exp(theta cos(h, h_i)) (Grave, Joulin & Usunier 2017, eq. 4-5, on hidden states of length 1).
struct CacheSettings {
  double theta = 16;
  double lambda = 0.15;
  std::size_t window = 2000;
};

/// The lines up to `words` white-space words and line ends, the line in which they end included; 0: all.
std::vector<std::string> first_words(const std::vector<std::string>& lines, std::uint64_t words);

/// Settings with the fewest bits over the lines, by one pass over a grid of theta, lambda and window. O(units window
/// (width + grid)).
CacheSettings tune_cache(const transformer::Model& model, const std::vector<std::string>& lines,
                         const std::stop_token& stop = {});

/// Settings of dynamic evaluation with the fewest bits over the lines: a grid of rate, decay and segment, side by side
/// on the cores, each a copy of its own that learns from what it reads. The same result on any number of threads.
/// 24 passes, each about five times the cost of reading.
transformer::OnlineOptions tune_dynamic(const transformer::Model& model, const std::vector<std::string>& lines,
                                        const std::stop_token& stop = {});

/// Settings in words, for a report.
std::string described(const CacheSettings& settings);
std::string described(const transformer::OnlineOptions& settings);

}  // namespace noema::reasoning
