#include "reasoning/arms/finetuned_arm.h"

#include <catch2/catch.hpp>

#include "tests/reasoning/arms/pair_arms.h"

using namespace noema;
using namespace noema::reasoning;
using namespace noema::tests;

namespace {

/// What a pair costs after it was told so often.
double cost_after(const std::string& text, int times) {
  const auto arm = arm_of_pairs(text);
  for (int i = 0; i < times; ++i) arm->warm(told_book()[0]);
  return sum_of(told(*arm, told_book()[0]).token_bits);
}

}  // namespace

TEST_CASE("a fine-tuned copy begins as the translator, and the copy alone is heard") {
  const auto arm = arm_of_pairs("finetuned{beam=2}"), translator = arm_of_pairs("translator{beam=2}");
  const Translated one = told(*arm, told_book()[0]), other = told(*translator, told_book()[0]);
  CHECK(one.text == other.text);
  REQUIRE(one.token_bits.size() == other.token_bits.size());
  for (std::size_t i = 0; i < one.token_bits.size(); ++i)
    CHECK(one.token_bits[i] == Approx(other.token_bits[i]).epsilon(1e-4));
  CHECK(arm->settings()["mean_weights"] == nlohmann::json{{"copy", 1.0}, {"translator", 0.0}});
}

TEST_CASE("a told pair is one step and is not kept: nothing grows, and there is nothing to practise") {
  const auto arm = arm_of_pairs("finetuned{beam=1}");
  const std::uint64_t empty = arm->state().state_bytes;
  CHECK(empty > 0);
  for (const ToldPair& pair : told_book()) arm->warm(pair);
  CHECK(arm->state().state_bytes == empty);
  CHECK(arm->think(9) == 0);
  CHECK(arm->state().concepts == 0);
}

TEST_CASE("a pair gets cheaper by each step, the more the higher the rate") {
  const double before = cost_after("finetuned{beam=1}", 0);
  const double slow = cost_after("finetuned{beam=1;rate=0.0001}", 30), fast = cost_after("finetuned{rate=0.01}", 30);
  CHECK(cost_after("finetuned{beam=1}", 30) == slow);  // it is the rate that it has by itself
  CHECK(slow < before);
  CHECK(fast < 0.5 * slow);
}

TEST_CASE("what is told last is known best: the order of told pairs matters") {
  const auto one = arm_of_pairs("finetuned{beam=1;rate=0.01}"), other = arm_of_pairs("finetuned{beam=1;rate=0.01}");
  const ToldPair& first = told_book()[0];
  const ToldPair& second = told_book()[1];
  for (int i = 0; i < 40; ++i) one->warm(first);
  for (int i = 0; i < 40; ++i) {
    one->warm(second);
    other->warm(second);
  }
  for (int i = 0; i < 40; ++i) other->warm(first);
  CHECK(sum_of(told(*one, second).token_bits) < sum_of(told(*other, second).token_bits));
  CHECK(sum_of(told(*one, first).token_bits) > sum_of(told(*other, first).token_bits));
}

TEST_CASE("rates that are none are refused") {
  for (const char* rate : {"0", "-0.1", "1.5", "nan", "fast"})
    CHECK_THROWS_WITH(arm_of_pairs("finetuned{rate=" + std::string(rate) + "}"), Catch::Contains("rate"));
  CHECK_THROWS_WITH(arm_of_pairs("finetuned{thinks=true}"), Catch::Contains("'thinks' is no option of finetuned"));
}
