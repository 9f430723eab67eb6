#pragma once
// How well a life predicts a text, compared with other arms.

#include <cstdint>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "experiments/statistics.h"
#include "reasoning/score.h"

namespace noema::app {

struct ScoreRequest {
  std::string life, file;
  std::string tune;                                                      ///< file; "": none
  std::vector<std::string> arms{"static", "memory", "lesion", "noema"};  ///< as docs/arms.md writes them
  std::uint64_t max_words = 0;                                           ///< 0 scores all
  std::uint64_t tune_words = reasoning::kTuningWords;
  std::uint64_t proposals = reasoning::ScoreOptions{}.proposals_per_line;
  std::uint64_t seed = 1;  ///< of the bootstrap
  std::function<void(double share, const std::string& what)> progress;
  std::stop_token stop;
};

struct ArmResult {
  reasoning::ArmScore score;
  nlohmann::json metrics;  ///< by name; a metric that is not defined for the text is absent
  std::map<std::string, experiments::Difference> differences;  ///< to the other arms that ran, by name
};

struct ScoreValue {
  std::vector<ArmResult> arms;
  std::uint64_t words = 0, characters = 0;
};

/// Refuses unknown arms and options, and missing and empty files, before the work begins. Throws base::Interrupted when
/// a stop is requested.
ScoreValue score(const ScoreRequest& request);

/// The JSON object of an arm.
nlohmann::ordered_json to_json(const ArmResult& arm, const ScoreValue& value);

}  // namespace noema::app
