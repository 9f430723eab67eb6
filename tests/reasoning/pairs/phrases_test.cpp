#include "reasoning/pairs/phrases.h"

#include <catch2/catch.hpp>

#include "tests/reasoning/pairs/asked.h"

using namespace noema;
using namespace noema::reasoning;
using namespace noema::tests;
using transformer::Token;

namespace {

struct ToldTargets : Asked {
  explicit ToldTargets(const transformer::Model& model) : Asked(phrases_expert(), model) {}
  void tell(const std::vector<Token>& target, Token next) { expert->learn({{}, target, {}, {}, {}}, next); }
  void ask_after(const std::vector<Token>& target) { ask({{}, target, {}, {}, {}}); }
};

}  // namespace

TEST_CASE("phrases go by the longest context that was met: a hand-computed case") {
  const auto model = small_translator();
  ToldTargets told(model);
  told.tell({10, 11}, 12);
  told.tell({10, 11}, 12);
  told.tell({20, 11}, 13);
  told.ask_after({10, 11});
  CHECK(told.share(12) == Approx(2.0 / 3));  // two times of two, and one way of going on
  CHECK(told.voices[0].escape == Approx(1.0 / 3));
  CHECK(told.features[0] == 1);
  CHECK(told.features[1] == Approx(2 * 2.0 / 3 - 1));
  CHECK(told.features[2] == Approx(2 * 1.0 / 3 - 1));
  told.ask_after({30, 11});
  CHECK(told.share(12) == Approx(2.0 / 5));  // after 11 alone: 12 twice, 13 once, two ways
  CHECK(told.share(13) == Approx(1.0 / 5));
  CHECK(told.features[0] == 0.25);
}

TEST_CASE("phrases say nothing after what was never met, and four tokens back is as far as they see") {
  const auto model = small_translator();
  ToldTargets told(model);
  told.tell({1, 2, 3, 4, 5}, 60);
  told.ask_after({9});
  CHECK(told.voices[0].absent);
  CHECK(told.features == std::vector<double>(3, 0));
  told.ask_after({8, 2, 3, 4, 5});
  CHECK(told.features[0] == 1);
  CHECK(told.share(60) == Approx(0.5));
  told.ask_after({1, 9, 3, 4, 5});
  CHECK(told.features[0] == 0.75);
}

TEST_CASE("how targets begin is a phrase of its own") {
  const auto model = small_translator();
  ToldTargets told(model);
  told.tell({}, 50);
  told.tell({50}, 51);
  told.ask_after({});
  CHECK(told.share(50) == Approx(0.5));
  CHECK(told.share(51) == 0);
  told.ask_after({7, 7, 7, 50});  // not behind the beginning, but behind 50
  CHECK(told.features[0] == 0.25);
  CHECK(told.share(51) == Approx(0.5));
}

TEST_CASE("a way of going on is a relation in each of its four contexts, however often it is told") {
  const auto model = small_translator();
  ToldTargets told(model);
  CHECK(told.expert->bytes() == 0);
  for (int i = 0; i < 3; ++i) told.tell({10, 11}, 12);
  CHECK(told.expert->concepts() == 4);
  CHECK(told.expert->relations() == 4);
  told.tell({10, 11}, 13);
  CHECK(told.expert->concepts() == 4);
  CHECK(told.expert->relations() == 8);
  CHECK(told.expert->bytes() == 4 * 80 + 8 * 48);
}
