// What must hold of every pair expert, alone.

#include "reasoning/pairs/pair_expert.h"

#include <catch2/catch.hpp>
#include <numeric>

#include "base/rng.h"
#include "reasoning/pairs/registry.h"
#include "tests/reasoning/pairs/asked.h"

using namespace noema;
using namespace noema::reasoning;
using namespace noema::tests;
using transformer::Token;

namespace {

class Mute final : public PairExpert {
 public:
  void predict(int, const PairMoment&, std::span<PairVoice>, std::span<double>) override {}
};

std::vector<float> drawn_state(base::Rng& rng) {
  std::vector<float> hidden(16);
  for (float& one : hidden) one = static_cast<float>(rng.normal());
  return hidden;
}

void check_whole(const Asked& asked) {
  for (const PairVoice& voice : asked.voices) {
    const double sum = std::accumulate(voice.shares.begin(), voice.shares.end(), voice.escape);
    CHECK(sum == Approx(voice.absent ? 0 : 1).margin(1e-4));
    CHECK(voice.escape >= 0);
  }
  for (const double feature : asked.features) CHECK(std::abs(feature) <= 1 + 1e-6);
}

}  // namespace

TEST_CASE("an expert that only predicts reads, learns and practises without effect, and holds nothing") {
  const auto model = small_translator();
  const auto pair = pair_of(model, "old hen", "hen");
  Mute mute;
  mute.begin(0, pair.source);
  mute.copy(0, 1);
  mute.learn({pair.source, {}, {}, {}, {}}, pair.target[0]);
  mute.store(pair);
  CHECK(mute.think(9) == 0);
  CHECK(mute.bytes() == 0);
  CHECK(mute.concepts() == 0);
  CHECK(mute.relations() == 0);
}

TEST_CASE("what a voice says and its escape sum to one, and features are about one at most, whatever was told") {
  const auto model = small_translator();
  const auto pair = pair_of(model, "the old hen", "hen the old");
  const std::vector<float> log_p = equal_log_probabilities(model);
  for (const PairExpertKind& kind : pair_expert_kinds()) {
    INFO(kind.name);
    Asked asked(kind, model);
    base::Rng rng(1);
    asked.expert->begin(0, pair.source);
    for (std::size_t i = 0; i < 40; ++i) {
      const std::size_t at = i % pair.target.size();
      const std::vector<float> hidden = drawn_state(rng);
      const PairMoment moment{pair.source, std::span(pair.target).first(at), hidden, {}, log_p};
      asked.ask(moment);
      check_whole(asked);
      asked.expert->learn(moment, pair.target[at]);
    }
    for (const PairVoice& voice : asked.voices) CHECK_FALSE(voice.absent);
  }
}

TEST_CASE("predicting changes nothing of what an expert will say") {
  const auto model = small_translator();
  const auto pair = pair_of(model, "the old hen", "hen the old");
  const std::vector<float> log_p = equal_log_probabilities(model);
  for (const PairExpertKind& kind : pair_expert_kinds()) {
    INFO(kind.name);
    Asked asked(kind, model), other(kind, model);
    base::Rng rng(2);
    asked.expert->begin(0, pair.source);
    other.expert->begin(0, pair.source);
    for (std::size_t i = 0; i < 40; ++i) {
      const std::size_t at = i % pair.target.size();
      const std::vector<float> hidden = drawn_state(rng), elsewhere = drawn_state(rng);
      const auto target = std::span(pair.target).first(at);
      for (int times = 0; times < 3; ++times) asked.ask({pair.source, target, elsewhere, {}, log_p});
      const PairMoment moment{pair.source, target, hidden, {}, log_p};
      asked.ask(moment);
      other.ask(moment);
      for (std::size_t v = 0; v < asked.voices.size(); ++v) CHECK(asked.voices[v].shares == other.voices[v].shares);
      CHECK(asked.features == other.features);
      asked.expert->learn(moment, pair.target[at]);
      other.expert->learn(moment, pair.target[at]);
    }
  }
}
