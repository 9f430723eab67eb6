#include "reasoning/arms/knn_arm.h"

#include <catch2/catch.hpp>

#include "tests/reasoning/arms/pair_arms.h"

using namespace noema;
using namespace noema::reasoning;
using namespace noema::tests;

namespace {

constexpr std::uint64_t kBytesOfMoment = 16 * sizeof(float) + 8;  // a state of width 16, its square and its token

}  // namespace

TEST_CASE("until sixteen moments were told, an arm of neighbours is the translator, and then no longer") {
  const auto knn = arm_of_pairs("knn{beam=2}"), translator = arm_of_pairs("translator{beam=2}");
  const ToldPair pair{"old hen", "hen"};
  std::size_t moments = 0;
  for (int times = 0; times < 8; ++times) {
    const Translated one = told(*knn, pair), other = told(*translator, pair);
    if (moments < 16) CHECK(one.text == other.text);
    for (std::size_t i = 0; i < one.token_bits.size(); ++i)
      CHECK((one.token_bits[i] == Approx(other.token_bits[i]).epsilon(1e-5)) == (moments + i < 16));
    moments += one.token_bits.size();
  }
  CHECK(moments > 16);
}

TEST_CASE("each told token is a moment that is kept, and there is nothing to think about") {
  const auto arm = arm_of_pairs("knn{beam=1}");
  CHECK(voices_of(*arm) == std::vector<std::string>{"neighbours sharp", "neighbours soft", "translator"});
  std::uint64_t moments = 0;
  for (const ToldPair& pair : told_book()) moments += told(*arm, pair).token_bits.size();
  CHECK(arm->state().state_bytes == moments * kBytesOfMoment);
  CHECK(arm->think(9) == 0);
  CHECK(arm->state().thoughts == 0);
  CHECK(arm->state().concepts == 0);
}

TEST_CASE("a pair that was told often is translated as it was told") {
  const auto arm = arm_of_pairs("knn{beam=2}");
  for (int times = 0; times < 60; ++times) arm->warm(told_book()[0]);
  CHECK(std::get<Translated>(arm->answer(told_book()[0])).text == told_book()[0].target);
  const auto weights = arm->settings()["mean_weights"];
  CHECK(weights["translator"] < 0.5);
}
