#pragma once
// How much worse a life predicts a text if it reads another text first.

#include <cstdint>
#include <functional>
#include <nlohmann/json.hpp>
#include <stop_token>
#include <string>
#include <vector>

#include "experiments/statistics.h"

namespace noema::app {

struct ForgettingRequest {
  std::string life;                                   ///< not changed
  std::string away, back;                             ///< files: the other text, and the text that is scored
  std::vector<std::string> arms{"noema", "dynamic"};  ///< as docs/arms.md writes them
  std::uint64_t returns = 20;       ///< times that it is measured, each from the life as it is, elsewhere in the texts
  std::uint64_t words = 500;        ///< scored after each return, about
  std::uint64_t away_words = 5000;  ///< of the other text before each return, about
  std::uint64_t seed = 1;           ///< of the bootstrap
  std::function<void(double share, const std::string& what)> progress;
  std::stop_token stop{};
};

struct ArmForgetting {
  std::string arm;
  std::uint64_t returns = 0;
  std::size_t words = 0;          ///< scored in all
  experiments::Difference worse;  ///< nats a word with the other text before, minus without; positive: forgotten
};

/// By the names of the arms. Throws base::UsageError for an unknown arm, base::Error if the life or a file cannot be
/// read or a file holds no line, base::Interrupted when a stop is requested.
std::vector<ArmForgetting> forgetting(const ForgettingRequest& request);

/// {"arm","returns","words","nats_per_word_worse","low","high"}.
nlohmann::ordered_json to_json(const ArmForgetting& value);

}  // namespace noema::app
