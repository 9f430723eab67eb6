#include "reasoning/pairs/neighbours.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "tests/reasoning/pairs/asked.h"

using namespace noema;
using namespace noema::reasoning;
using namespace noema::tests;
using transformer::Token;

namespace {

/// The neighbours of a small translator at places along a row.
struct StatesInARow : Asked {
  explicit StatesInARow(const transformer::Model& model)
      : Asked(neighbours_expert(), model), log_p(equal_log_probabilities(model)) {}
  void learn(float at, Token told, int times = 1) {
    for (int i = 0; i < times; ++i) expert->learn({{}, {}, place(at), {}, log_p}, told);
  }
  void ask_at(float at) { ask({{}, {}, place(at), {}, log_p}); }
  const std::vector<float>& place(float at) {
    hidden[0] = at;
    return hidden;
  }

  std::vector<float> log_p, hidden = std::vector<float>(16, 0);
};

}  // namespace

TEST_CASE("neighbours say nothing before sixteen moments were told, and then what came where the state was the same") {
  const auto model = small_translator();
  StatesInARow row(model);
  row.ask_at(0.5F);
  CHECK(row.voices[0].absent);
  for (int i = 0; i < 15; ++i) row.learn(i % 2 == 0 ? 0.5F : -0.5F, i % 2 == 0 ? 70 : 80);
  row.ask_at(0.5F);
  CHECK(row.voices[1].absent);
  CHECK(row.features == std::vector<double>(3, 0));
  row.learn(-0.5F, 80);
  row.ask_at(0.5F);
  CHECK_FALSE(row.voices[0].absent);
  CHECK(row.share(70, 1) > 0.99F);
  CHECK(row.share(70, 0) > row.share(80, 0));
  CHECK(row.share(70, 1) + row.share(80, 1) == Approx(1));
}

TEST_CASE("a neighbour weighs by its squared distance beside the reach of sixteen: a hand-computed case") {
  const auto model = small_translator();
  StatesInARow row(model);
  row.log_p[70] = std::log(0.25F);
  row.learn(0, 70, 8);
  row.learn(2, 80, 8);
  row.ask_at(0);  // eight at 0 and eight at 4, which is the reach
  CHECK(row.share(80, 0) == Approx(std::exp(-4.0) / (1 + std::exp(-4.0))));
  CHECK(row.share(80, 1) == Approx(std::exp(-16.0) / (1 + std::exp(-16.0))));
  CHECK(row.features[0] == Approx(1));
  CHECK(row.features[1] == Approx(2 / (1 + std::exp(-16.0)) - 1));
  CHECK(row.features[2] == Approx(2 * 0.25 - 1));
  row.learn(4, 90);  // the sixteenth is 16 away from it: so far one reaches from now on
  row.ask_at(0);
  CHECK(row.share(80, 0) == Approx(std::exp(-1.0) / (1 + std::exp(-1.0))));
  CHECK(row.share(90, 0) == 0);
  row.ask_at(9);  // far from all that was told
  CHECK(row.features[0] == Approx(-1));
}

TEST_CASE("of moments that are as near, those told first are heard, and each costs its state and its token") {
  const auto model = small_translator();
  StatesInARow row(model);
  row.learn(1, 70, 16);
  row.learn(1, 80, 5);
  row.ask_at(1);
  CHECK(row.share(70, 0) == Approx(1));
  CHECK(row.share(80, 0) == 0);
  CHECK(row.expert->bytes() == 21 * (16 * sizeof(float) + 8));
  CHECK(row.expert->concepts() == 0);
}
