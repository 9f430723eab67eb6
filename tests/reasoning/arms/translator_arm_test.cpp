#include "reasoning/arms/translator_arm.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "tests/reasoning/arms/pair_arms.h"
#include "transformer/architecture.h"
#include "transformer/translate.h"

using namespace noema;
using namespace noema::reasoning;
using namespace noema::tests;

namespace {

/// -log2 of what a model says of each token of a target, read by the model alone.
std::vector<double> plain_bits(const transformer::Model& model, const transformer::Pair& pair) {
  const auto reader = make_hypotheses(model, 1);
  std::vector<double> bits;
  auto log_p = reader->begin(0, pair.source);
  for (const transformer::Token& token : pair.target) {
    bits.push_back(-double{log_p[static_cast<std::size_t>(token)]} / std::log(2.0));
    const int slot = 0;
    log_p = reader->step({&slot, 1}, {&token, 1});
  }
  return bits;
}

}  // namespace

TEST_CASE("the arm translates as beam search over the model does, at any width of the beam") {
  const auto model = small_translator();
  std::vector<std::string> sources;
  for (const ToldPair& pair : told_book()) sources.push_back(pair.source);
  for (const int beam : {1, 3}) {
    transformer::TranslateOptions search;
    search.beam = beam;
    const auto plain = translate_lines(model, sources, search, 1);
    const auto arm = arm_of_pairs("translator{beam=" + std::to_string(beam) + "}");
    for (std::size_t i = 0; i < sources.size(); ++i) {
      CHECK(std::get<Translated>(arm->answer(told_book()[i])).text == plain[i]);
      CHECK(told(*arm, told_book()[i]).text == plain[i]);
    }
  }
}

TEST_CASE("a target costs the bits that the model says of its tokens, line end included") {
  const auto model = small_translator();
  const auto arm = arm_of_pairs("translator{beam=1}");
  for (const ToldPair& pair : told_book()) {
    const auto bits = told(*arm, pair).token_bits;
    const auto plain = plain_bits(model, pair_of(model, pair.source.c_str(), pair.target.c_str()));
    REQUIRE(bits.size() == plain.size());
    for (std::size_t i = 0; i < bits.size(); ++i) CHECK(bits[i] == Approx(plain[i]).epsilon(1e-4));
  }
}

TEST_CASE("the translator keeps nothing: no state, no thoughts, no settings, and the seed is all one to it") {
  const auto arm = arm_of_pairs("translator"), other = arm_of_pairs("translator", 2);
  for (const ToldPair& pair : told_book()) CHECK(told(*arm, pair).token_bits == told(*other, pair).token_bits);
  CHECK(arm->name() == "translator");
  CHECK(arm->think(9) == 0);
  CHECK(arm->state().state_bytes == 0);
  CHECK(arm->state().thoughts == 0);
  CHECK(arm->settings() == nlohmann::json::object());
  CHECK(std::get<Translated>(arm->answer(told_book()[0])).token_bits.empty());  // nothing was told
}

TEST_CASE("a beam that is none is refused, and so is what only arms that learn have") {
  for (const char* beam : {"0", "65", "1.5", "wide"})
    CHECK_THROWS_WITH(arm_of_pairs("translator{beam=" + std::string(beam) + "}"), Catch::Contains("beam"));
  CHECK_THROWS_WITH(arm_of_pairs("translator{rate=0.1}"), Catch::Contains("'rate' is no option of translator"));
}
