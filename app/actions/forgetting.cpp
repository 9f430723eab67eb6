#include "app/actions/forgetting.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "app/actions/text_lines.h"
#include "app/lives.h"
#include "base/failure_context.h"
#include "base/stop.h"
#include "reasoning/score.h"

namespace noema::app {
namespace {

/// Bits of the same words, read at once and after the other text.
struct PairedBits {
  std::vector<float> stayed, returned;
};

reasoning::ScoreOptions score_options(const ForgettingRequest& request) {
  reasoning::ScoreOptions options;
  options.arms = request.arms;
  options.stop = request.stop;
  options.dynamic = transformer::OnlineOptions{};
  return options;
}

/// Adds the bits of a home text, scored on the life as it is and scored after the other text.
void add_return(std::map<std::string, PairedBits>& bits, const memory::Life& life, std::vector<std::string> away,
                const std::vector<std::string>& home, const reasoning::ScoreOptions& options) {
  const reasoning::Score staying = reasoning::score(life, home, options);
  away.insert(away.end(), home.begin(), home.end());
  const reasoning::Score returning = reasoning::score(life, away, options);
  for (std::size_t arm = 0; arm < staying.arms.size(); ++arm) {
    const auto& own = staying.arms[arm].word_bits;
    const auto& other = returning.arms[arm].word_bits;
    PairedBits& both = bits[staying.arms[arm].arm];
    both.stayed.insert(both.stayed.end(), own.begin(), own.end());
    both.returned.insert(both.returned.end(), other.end() - static_cast<std::ptrdiff_t>(own.size()), other.end());
  }
}

}  // namespace

std::vector<ArmForgetting> forgetting(const ForgettingRequest& request) {
  const base::FailureContext context("measuring forgetting");
  const memory::Life life = open_to_read(request.life);
  const std::vector<std::string> away = lines_to_read(request.away, "read away"),
                                 back = lines_to_read(request.back, "come back to");
  const reasoning::ScoreOptions options = score_options(request);
  const std::size_t away_step = std::max<std::size_t>(1, away.size() / request.returns);
  const std::size_t back_step = std::max<std::size_t>(1, back.size() / request.returns);
  std::map<std::string, PairedBits> bits;
  std::uint64_t done = 0;
  for (; done < request.returns; ++done) {
    base::stop_if_requested(request.stop);
    if (request.progress)
      request.progress(static_cast<double>(done) / static_cast<double>(request.returns),
                       fmt::format("return {}", done + 1));
    std::size_t there = done * away_step, here = done * back_step;
    const std::vector<std::string> path = take_words(away, there, request.away_words);
    const std::vector<std::string> home = take_words(back, here, request.words);
    if (path.empty() || home.empty()) break;
    add_return(bits, life, path, home, options);
  }
  std::vector<ArmForgetting> results;
  for (const auto& [arm, both] : bits)
    results.push_back(
        {arm, done, both.stayed.size(),
         experiments::paired_bootstrap(both.returned, both.stayed, {.seed = request.seed, .stop = request.stop})});
  return results;
}

nlohmann::ordered_json to_json(const ArmForgetting& value) {
  return {{"arm", value.arm},       {"returns", value.returns},
          {"words", value.words},   {"nats_per_word_worse", value.worse.nats_per_word},
          {"low", value.worse.low}, {"high", value.worse.high}};
}

}  // namespace noema::app
