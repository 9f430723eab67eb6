#include "app/actions/score.h"

#include <algorithm>

#include "app/actions/text_lines.h"
#include "app/lives.h"
#include "experiments/metrics/registry.h"

namespace noema::app {
namespace {

using nlohmann::ordered_json;

const reasoning::ArmScore* named(const reasoning::Score& score, const std::string& arm) {
  const auto found =
      std::find_if(score.arms.begin(), score.arms.end(), [&](const auto& one) { return one.arm == arm; });
  return found == score.arms.end() ? nullptr : &*found;
}

nlohmann::json metrics_of(const reasoning::ArmScore& arm, const reasoning::Score& score) {
  nlohmann::json metrics = {{"bits_per_char", experiments::bits_per_char(arm.bits, score.characters)}};
  if (score.has_words) metrics["word_perplexity"] = experiments::word_perplexity(arm.bits, score.words);
  if (const auto* base = named(score, "static")) {
    experiments::Metrics paired(true);
    paired.add({reasoning::Text{}, reasoning::Bits{}, arm.word_bits, base->word_bits});
    paired.put(metrics);
  }
  return metrics;
}

}  // namespace

ScoreValue score(const ScoreRequest& request) {
  reasoning::ScoreOptions options;
  options.arms = request.arms;
  options.max_words = request.max_words;
  options.proposals_per_line = request.proposals;
  options.tune_words = request.tune_words;
  options.progress = request.progress;
  options.stop = request.stop;
  const memory::Life life = open_to_read(request.life);
  const std::vector<std::string> lines = lines_to_read(request.file, "score");
  if (!request.tune.empty()) options.tune_lines = lines_to_read(request.tune, "tune on");
  reasoning::Score score = reasoning::score(life, lines, options);
  ScoreValue value;
  value.words = score.words;
  value.characters = score.characters;
  for (const reasoning::ArmScore& arm : score.arms) {
    ArmResult result{arm, metrics_of(arm, score), {}};
    for (const reasoning::ArmScore& other : score.arms)
      if (other.arm != arm.arm)
        result.differences[other.arm] =
            experiments::paired_bootstrap(arm.word_bits, other.word_bits, {.seed = request.seed, .stop = request.stop});
    value.arms.push_back(std::move(result));
  }
  return value;
}

ordered_json to_json(const ArmResult& arm, const ScoreValue& value) {
  const auto metric = [&](const char* name) { return ordered_json(arm.metrics.value(name, nlohmann::json())); };
  ordered_json row{{"arm", arm.score.arm},
                   {"bits_per_char", metric("bits_per_char")},
                   {"word_perplexity", metric("word_perplexity")},
                   {"words", value.words},
                   {"bits", arm.score.bits},
                   {"description_bits", arm.score.description_bits},
                   {"words_made_worse", metric("words_made_worse")},
                   {"seconds", arm.score.seconds},
                   {"thinking_seconds", arm.score.state.thinking_seconds},
                   {"state_bytes", arm.score.state.state_bytes},
                   {"concepts", arm.score.state.concepts},
                   {"thoughts", arm.score.state.thoughts}};
  if (!arm.score.note.empty()) row["settings"] = arm.score.note;
  ordered_json differences = ordered_json::array();
  for (const auto& [other, d] : arm.differences)
    differences.push_back({{"against", other}, {"nats_per_word", d.nats_per_word}, {"low", d.low}, {"high", d.high}});
  row["differences"] = differences;
  return row;
}

}  // namespace noema::app
