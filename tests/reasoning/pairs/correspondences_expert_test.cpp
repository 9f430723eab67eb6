#include "reasoning/pairs/correspondences_expert.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "tests/reasoning/pairs/asked.h"

using namespace noema;
using namespace noema::reasoning;
using namespace noema::tests;
using transformer::Token;

TEST_CASE("correspondences point at what is attended to, and say what it stood for") {
  const auto model = small_translator();
  Asked asked(correspondences_expert(), model);
  const std::vector<float> log_p(static_cast<std::size_t>(model.tokenizer().size()), -5);
  const std::vector<Token> source{70, 71};
  const std::vector<float> attention{0.25F, 0.75F};
  const PairMoment moment{source, {}, {}, attention, log_p};
  asked.ask(moment);
  CHECK(asked.share(71) == Approx(0.75));
  CHECK(asked.voices[0].escape == Approx(0).margin(1e-6));
  CHECK(asked.voices[1].escape == 1);  // nothing is known yet
  for (int i = 0; i < 9; ++i) asked.expert->learn(moment, 90);
  asked.ask(moment);
  CHECK(asked.share(90, 1) > 0.7F);
  CHECK(asked.share(90, 1) + asked.voices[1].escape == Approx(1));
  CHECK(asked.share(90, 2) == Approx(asked.share(90, 1)));
  CHECK(asked.expert->relations() == 4);  // each unit alone and between its neighbours
}

TEST_CASE("without attention all places of a source are pointed at alike, and an empty source says nothing") {
  const auto model = small_translator();
  Asked asked(correspondences_expert(), model);
  const std::vector<float> log_p(static_cast<std::size_t>(model.tokenizer().size()), std::log(0.01F));
  const std::vector<Token> source{70, 71, 70, 72};
  asked.ask({source, {}, {}, {}, log_p});
  CHECK(asked.share(70) == Approx(0.5));
  CHECK(asked.share(72) == Approx(0.25));
  CHECK(asked.features[0] == Approx(2 * 0.25 - 1));
  CHECK(asked.features[3] == Approx(2 * 0.01 - 1));  // the translator's share of what is pointed at
  asked.ask({{}, {}, {}, {}, log_p});
  for (const PairVoice& voice : asked.voices) CHECK(voice.absent);
  asked.expert->learn({{}, {}, {}, {}, log_p}, 90);
  CHECK(asked.expert->concepts() == 0);
}

TEST_CASE("a unit stands for one thing here and for another there: its neighbours tell which") {
  const auto model = small_translator();
  Asked asked(correspondences_expert(), model);
  const std::vector<float> log_p = equal_log_probabilities(model);
  const std::vector<Token> here{70, 71}, there{80, 71};
  const std::vector<float> second{0, 1};
  for (int i = 0; i < 9; ++i) {
    asked.expert->learn({here, {}, {}, second, log_p}, 90);
    asked.expert->learn({there, {}, {}, second, log_p}, 91);
  }
  asked.ask({here, {}, {}, second, log_p});
  CHECK(asked.share(90, 1) == Approx(asked.share(91, 1)).epsilon(0.2));
  CHECK(asked.share(90, 2) > 0.7F);
  CHECK(asked.share(91, 2) == 0);
}
