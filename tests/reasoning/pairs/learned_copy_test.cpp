#include "reasoning/pairs/learned_copy.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "tests/reasoning/pairs/asked.h"
#include "transformer/architecture.h"

using namespace noema;
using namespace noema::reasoning;
using namespace noema::tests;
using transformer::Token;

namespace {

std::vector<float> row_of(std::span<const float> row) { return {row.begin(), row.end()}; }

/// Asks for the first token of a pair's target; returns the share of the right one.
float first_share(Asked& asked, const transformer::Model& model, const transformer::Pair& pair) {
  const std::vector<float> log_p = equal_log_probabilities(model);
  asked.expert->begin(0, pair.source);
  asked.ask({pair.source, {}, {}, {}, log_p});
  return asked.share(pair.target[0]);
}

void require_says(const Asked& asked, const std::vector<float>& log_p) {
  for (std::size_t t = 0; t < log_p.size(); ++t)
    REQUIRE(asked.voices[0].shares[t] == Approx(std::exp(log_p[t])).epsilon(1e-4));
}

}  // namespace

TEST_CASE("before it was told anything, a copy says of each slot what the translator says") {
  for (const char* architecture : {"seq2seq", "transformer"}) {
    INFO(architecture);
    const auto model = small_translator(architecture);
    Asked asked(learned_copy_expert(), model);
    const auto translator = make_hypotheses(model, 2);
    const auto pair = pair_of(model, "old hen", "hen old");
    const std::vector<float> begun = row_of(translator->begin(0, pair.source));
    asked.expert->begin(0, pair.source);
    asked.ask({pair.source, {}, {}, {}, begun});
    require_says(asked, begun);
    CHECK_FALSE(asked.voices[0].absent);
    CHECK(asked.voices[0].escape == 0);
    CHECK(asked.features[0] == Approx(asked.features[1]));  // its likeliest token is the translator's
    translator->copy(0, 1);
    asked.expert->copy(0, 1);
    const int slot = 1;
    const std::vector<float> read = row_of(translator->step({&slot, 1}, {pair.target.data(), 1}));
    asked.expert->read({&slot, 1}, {pair.target.data(), 1});
    asked.ask({pair.source, {}, {}, {}, read}, 1);
    require_says(asked, read);
    asked.ask({pair.source, {}, {}, {}, begun}, 0);
    require_says(asked, begun);
  }
}

TEST_CASE("a copy practises what it was told, drawn alike from the same seed, and nothing where it was told nothing") {
  const auto model = small_translator();
  Asked one(learned_copy_expert(), model), same(learned_copy_expert(), model), other(learned_copy_expert(), model, 2);
  CHECK(one.expert->think(10) == 0);
  const auto pair = pair_of(model, "old hen", "hen old");
  for (Asked* asked : {&one, &same, &other}) {
    const float before = first_share(*asked, model, pair);
    asked->expert->store(pair);
    asked->expert->store(pair_of(model, "old fox", "fox old"));
    CHECK(asked->expert->think(100) == 100);
    CHECK(first_share(*asked, model, pair) > 2 * before);
  }
  CHECK(one.voices[0].shares == same.voices[0].shares);
  CHECK(one.voices[0].shares != other.voices[0].shares);
}

TEST_CASE("a copy that does not practise learns each pair once and keeps none") {
  const auto model = small_translator();
  const std::string hash = model.hash();
  Asked keeping(learned_copy_expert(), model), idle(learned_copy_expert(), model, 1, false);
  const auto pair = pair_of(model, "old hen", "hen old");
  const std::uint64_t empty = idle.expert->bytes();
  CHECK(empty == 4 * sizeof(float) * model.weights().size());
  const float before = first_share(idle, model, pair);
  for (Asked* asked : {&keeping, &idle})
    for (int i = 0; i < 3; ++i) asked->expert->store(pair);
  CHECK(first_share(idle, model, pair) > before);
  CHECK(first_share(idle, model, pair) == first_share(keeping, model, pair));
  CHECK(idle.expert->think(11) == 0);
  CHECK(keeping.expert->think(11) == 11);  // a step of eight and one of three
  CHECK(idle.expert->bytes() == empty);
  CHECK(keeping.expert->bytes() == empty + 3 * (pair.source.size() + pair.target.size()) * sizeof(Token));
  CHECK(model.hash() == hash);
}
