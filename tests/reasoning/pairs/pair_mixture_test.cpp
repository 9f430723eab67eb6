#include "reasoning/pairs/pair_mixture.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "base/error.h"
#include "reasoning/pairs/registry.h"
#include "tests/reasoning/lives.h"
#include "tests/reasoning/pairs/translators.h"

using namespace noema;
using namespace noema::reasoning;
using namespace noema::tests;

namespace {

PairMixtureOptions with(std::vector<std::string> experts) {
  PairMixtureOptions options;
  options.experts = std::move(experts);
  return options;
}

std::vector<std::string> all_experts() {
  std::vector<std::string> names;
  for (const PairExpertKind& kind : pair_expert_kinds()) names.push_back(kind.name);
  return names;
}

double sum_of_row(std::span<const float> log_p) {
  double sum = 0;
  for (const float one : log_p) sum += std::exp(double{one});
  return sum;
}

}  // namespace

TEST_CASE("a mixture with any expert gives probabilities that sum to one, before and after it was told something") {
  for (const char* architecture : {"seq2seq", "transformer"}) {
    const auto model = small_translator(architecture);
    std::vector<std::vector<std::string>> mixtures{{}, all_experts()};
    for (const std::string& name : all_experts()) mixtures.push_back({name});
    for (const auto& experts : mixtures) {
      PairMixture mixture(model, with(experts));
      INFO(architecture << " with " << (experts.size() == 1 ? experts[0] : std::to_string(experts.size())));
      const auto pair = pair_of(model, "a red fox", "fox red");
      for (int times = 0; times < 4; ++times) {
        CHECK(sum_of_row(mixture.begin(1, pair.source)) == Approx(1).epsilon(1e-4));
        const int slot = 1;
        CHECK(sum_of_row(mixture.step({&slot, 1}, {pair.target.data(), 1})) == Approx(1).epsilon(1e-4));
        mixture.copy(1, 2);
        const int other = 2;
        CHECK(sum_of_row(mixture.step({&other, 1}, {&pair.target[1], 1})) == Approx(1).epsilon(1e-4));
        mixture.tell(pair);
      }
    }
  }
}

TEST_CASE("the bits that a told pair costs are those of what is predicted before it is told") {
  const auto model = small_translator();
  PairMixture mixture(model, with(all_experts()));
  mixture.tell(pair_of(model, "old hen", "hen old"));
  const auto pair = pair_of(model, "old fox", "fox old");
  const float first = mixture.begin(0, pair.source)[static_cast<std::size_t>(pair.target[0])];
  const auto bits = mixture.tell(pair);
  CHECK(bits.size() == pair.target.size());
  CHECK(bits[0] == Approx(-double{first} / std::log(2.0)).epsilon(1e-5));
}

TEST_CASE("alone, the translator learns nothing, and costs what the model says") {
  const auto model = small_translator();
  PairMixture mixture(model, with({}));
  const auto cost = told_often(mixture, pair_of(model, "old hen", "hen old"), 5);
  CHECK(cost.first == cost.later);
  CHECK(mixture.bytes() == 0);
  CHECK(mixture.mean_weights() == std::vector<double>{1});
}

TEST_CASE("each expert makes a pair cheaper that was told before, and the gate comes to hear it") {
  const auto model = small_translator();
  for (const PairExpertKind& kind : pair_expert_kinds()) {
    INFO(kind.name);
    PairMixtureOptions options = with({kind.name});
    options.rate = 0.01;
    PairMixture mixture(model, options);
    const auto cost = told_often(mixture, pair_of(model, "the old hen", "hen the old"), 30);
    CHECK(cost.later < 0.7 * cost.first);
    CHECK(mixture.mean_weights()[0] < 0.95);
    CHECK(mixture.bytes() > 0);
  }
}

TEST_CASE("a source and target that are too long for the context are cut off, as in training") {
  const auto model = small_translator();
  PairMixture mixture(model, with(all_experts()));
  const std::string lengthy(200, 'x');
  const auto bits = mixture.tell(pair_of(model, lengthy.c_str(), lengthy.c_str()));
  CHECK(bits.size() < 48);
  CHECK(bits.size() > 10);
}

TEST_CASE("a model of text alone is refused") {
  CHECK_THROWS_WITH(PairMixture(small_model(), {}), Catch::Contains("trained on pairs"));
}
