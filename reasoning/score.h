#pragma once
// Scoring a text prequentially on forks of a life: every arm scores a unit, then stores it; the life itself is not
// changed.

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "memory/life.h"
#include "reasoning/learner.h"
#include "reasoning/reading.h"
#include "reasoning/tuning.h"

namespace noema::reasoning {

struct ScoreOptions {
  std::vector<std::string> arms{"static", "cache", "memory", "lesion", "noema"};
  std::vector<std::string> tune_lines;                ///< settings of cache and dynamic arms are chosen on these alone
  std::uint64_t tune_words = kTuningWords;            ///< on this many words of them at most; 0: all
  std::optional<transformer::OnlineOptions> dynamic;  ///< given settings of dynamic evaluation; absent: tuned
  std::uint64_t max_words = 0;                        ///< 0: all
  std::uint64_t proposals_per_line = 256;  ///< examined by the noema arm after each line, as far as its agenda reaches
  std::function<void(double share, const std::string& what)> progress;
  std::stop_token stop;  ///< asked between lines; score() then throws base::Interrupted
};

/// What one arm made of the text.
struct ArmScore {
  std::string arm;
  std::vector<float> word_bits;  ///< bits of each white-space word, and of each line end
  double bits = 0;
  double seconds = 0;  ///< its own, and of the readings it uses; while arms share the cores
  LearnerState state;
  double description_bits = 0;  ///< by how much L of its graph grew: what the text cost by L's own code
  std::string note;             ///< settings that were chosen
};

struct Score {
  std::vector<ArmScore> arms;
  std::uint64_t characters = 0;  ///< code points, line ends included
  std::uint64_t words = 0;       ///< white-space words and line ends
  bool has_words = false;        ///< base::has_words: without it words have no meaning
};

/// Scores the lines on forks of the life, the arms side by side; what they score does not depend on threads. Throws
/// base::UsageError for an unknown arm (ArmSpec), one that does not take texts, or one that is tuned without lines to
/// tune it on; base::Error if there is no line to score.
Score score(const memory::Life& life, const std::vector<std::string>& lines, const ScoreOptions& options);

/// Adds unit costs up to words: a unit with white space before it begins a word, and so does a line's first unit; the
/// line end stands alone. Result: one entry a white-space word and line end.
std::vector<double> word_costs(const std::vector<UnitReading>& line, const std::vector<double>& bits);

}  // namespace noema::reasoning
