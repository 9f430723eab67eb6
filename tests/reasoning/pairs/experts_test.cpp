// What is each pair expert's own.

#include <catch2/catch.hpp>

#include "reasoning/pairs/correspondences_expert.h"
#include "reasoning/pairs/learned_copy.h"
#include "reasoning/pairs/neighbours.h"
#include "reasoning/pairs/phrases.h"
#include "tests/reasoning/pairs/translators.h"

using namespace noema;
using namespace noema::reasoning;
using namespace noema::tests;
using transformer::Token;

namespace {

/// An expert, and what it says of a moment.
struct Asked {
  std::unique_ptr<PairExpert> expert;
  std::vector<PairVoice> voices;
  std::vector<double> features;

  Asked(const PairExpertKind& kind, const transformer::Model& model)
      : expert(kind.make({&model, 2, 1, 1e-2, true})), voices(kind.voices.size()), features(kind.features.size()) {
    clear(static_cast<std::size_t>(model.tokenizer().size()));
  }
  void clear(std::size_t vocabulary) {
    for (PairVoice& voice : voices) voice = {std::vector<float>(vocabulary, 0), 0, true};
  }
  void ask(const PairMoment& moment) {
    clear(voices[0].shares.size());
    expert->predict(0, moment, voices, features);
  }
};

}  // namespace

TEST_CASE("neighbours say nothing before enough was told, and then what came where the state was the same") {
  const auto model = small_translator();
  Asked asked(neighbours_expert(), model);
  const std::vector<float> log_p(static_cast<std::size_t>(model.tokenizer().size()), -5);
  std::vector<float> here(16, 0.5F), there(16, -0.5F);
  const auto moment = [&](const std::vector<float>& hidden) { return PairMoment{{}, {}, hidden, {}, log_p}; };
  asked.ask(moment(here));
  CHECK(asked.voices[0].absent);
  for (int i = 0; i < 16; ++i) asked.expert->learn(moment(i % 2 == 0 ? here : there), i % 2 == 0 ? 70 : 80);
  asked.ask(moment(here));
  CHECK_FALSE(asked.voices[1].absent);
  CHECK(asked.voices[1].shares[70] > 0.99F);
  CHECK(asked.voices[0].shares[70] > asked.voices[0].shares[80]);
  CHECK(asked.voices[1].shares[70] + asked.voices[1].shares[80] == Approx(1));
}

TEST_CASE("correspondences point at what is attended to, and say what it stood for") {
  const auto model = small_translator();
  Asked asked(correspondences_expert(), model);
  const std::vector<float> log_p(static_cast<std::size_t>(model.tokenizer().size()), -5);
  const std::vector<Token> source{70, 71};
  const std::vector<float> attention{0.25F, 0.75F};
  const PairMoment moment{source, {}, {}, attention, log_p};
  asked.ask(moment);
  CHECK(asked.voices[0].shares[71] == Approx(0.75));
  CHECK(asked.voices[0].escape == Approx(0).margin(1e-6));
  CHECK(asked.voices[1].escape == 1);  // nothing is known yet
  for (int i = 0; i < 9; ++i) asked.expert->learn(moment, 90);
  asked.ask(moment);
  CHECK(asked.voices[1].shares[90] > 0.7F);
  CHECK(asked.voices[1].shares[90] + asked.voices[1].escape == Approx(1));
  CHECK(asked.voices[2].shares[90] == Approx(asked.voices[1].shares[90]));
  CHECK(asked.expert->relations() == 4);  // each unit alone and between its neighbours
}

TEST_CASE("phrases go by the longest context that was met: a hand-computed case") {
  const auto model = small_translator();
  Asked asked(phrases_expert(), model);
  const auto tell = [&](std::vector<Token> target, Token next) { asked.expert->learn({{}, target, {}, {}, {}}, next); };
  tell({10, 11}, 12);
  tell({10, 11}, 12);
  tell({20, 11}, 13);
  const std::vector<Token> whole{10, 11}, other{30, 11};
  asked.ask({{}, whole, {}, {}, {}});
  CHECK(asked.voices[0].shares[12] == Approx(2.0 / 3));  // two times of two, and one way of going on
  CHECK(asked.voices[0].escape == Approx(1.0 / 3));
  asked.ask({{}, other, {}, {}, {}});
  CHECK(asked.voices[0].shares[12] == Approx(2.0 / 5));  // after 11 alone: 12 twice, 13 once, two ways
  CHECK(asked.voices[0].shares[13] == Approx(1.0 / 5));
}

TEST_CASE("a copy practises what it was told, drawn alike from the same seed, and nothing where it was told nothing") {
  const auto model = small_translator();
  Asked one(learned_copy_expert(), model), two(learned_copy_expert(), model);
  CHECK(one.expert->think(10) == 0);
  const auto pair = pair_of(model, "old hen", "hen old");
  const std::vector<float> log_p(static_cast<std::size_t>(model.tokenizer().size()), -5);
  float before = 0;
  for (Asked* asked : {&one, &two}) {
    asked->expert->begin(0, pair.source);
    asked->ask({pair.source, {}, {}, {}, log_p});
    before = asked->voices[0].shares[static_cast<std::size_t>(pair.target[0])];
    asked->expert->store(pair);
    asked->expert->store(pair_of(model, "old fox", "fox old"));
    CHECK(asked->expert->think(100) == 100);
    asked->expert->begin(0, pair.source);
    asked->ask({pair.source, {}, {}, {}, log_p});
  }
  CHECK(one.voices[0].shares == two.voices[0].shares);
  CHECK(one.voices[0].shares[static_cast<std::size_t>(pair.target[0])] > 2 * before);
}
