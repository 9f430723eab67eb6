// Composites in a predictive copy's vocabulary.

#include <catch2/catch.hpp>
#include <cmath>

#include "base/error.h"
#include "tests/transformer/story_units.h"
#include "transformer/buffers.h"
#include "transformer/kernels.h"
#include "transformer/predictive_copy.h"

using namespace noema::transformer;
using testing::joined;
using testing::story_lines;
using testing::Units;

namespace {

constexpr std::size_t kWidth = 24;

std::vector<float> last_vector(const PredictiveCopy& copy) {
  const auto weights = copy.weights().last(kWidth);
  return {weights.begin(), weights.end()};
}

}  // namespace

TEST_CASE("a composite's vector is the one given, or the mean of its units' first tokens' vectors") {
  const Model model = testing::small_model(16);
  const auto line = story_lines(model.tokenizer()).front();
  PredictiveCopy copy(model);
  CHECK(copy.add_composite({line[0], line[1], line[2]}) == 0);
  REQUIRE(copy.weights().size() == model.weights().size() + kWidth);
  for (std::size_t j = 0; j < kWidth; ++j) {
    double sum = 0;
    for (std::size_t u = 0; u < 3; ++u) sum += double{model.weights()[size(line[u].front()) * kWidth + j]};
    CHECK(copy.weights()[model.weights().size() + j] == Approx(sum / 3).margin(1e-6));
  }
  std::vector<float> given(kWidth);
  for (std::size_t j = 0; j < kWidth; ++j) given[j] = static_cast<float>(j);
  CHECK(copy.add_composite({line[1], line[2]}, given) == 1);
  CHECK(last_vector(copy) == given);
  CHECK(std::equal(model.weights().begin(), model.weights().end(), copy.weights().begin()));
}

TEST_CASE("a composite that is there is not added again, whatever vector comes with it") {
  const Model model = testing::small_model(16);
  const auto line = story_lines(model.tokenizer()).front();
  PredictiveCopy copy(model);
  copy.add_composite({line[0], line[1]});
  const std::string before = copy.hash();
  CHECK(copy.add_composite({line[0], line[1]}, std::vector<float>(kWidth, 9)) == 0);
  CHECK(copy.hash() == before);
  CHECK(copy.add_composite({line[1], line[0]}) == 1);  // the order counts
  CHECK(copy.hash() != before);
}

TEST_CASE("what is refused as a composite leaves the copy as it was") {
  const Model model = testing::small_model(16);
  const auto line = story_lines(model.tokenizer()).front();
  PredictiveCopy copy(model);
  const std::string before = copy.hash();
  CHECK_THROWS_WITH(copy.add_composite({line[0]}), Catch::Contains("at least 2 units, found 1"));
  CHECK_THROWS_AS(copy.add_composite({}), noema::base::Error);
  CHECK_THROWS_AS(copy.add_composite({line[0], {}}), noema::base::Bug);
  CHECK_THROWS_AS(copy.add_composite({line[0], {kMask}}), noema::base::Bug);
  CHECK_THROWS_AS(copy.add_composite({line[0], line[1]}, std::vector<float>(kWidth + 1)), noema::base::Bug);
  CHECK(copy.composites().empty());
  CHECK(copy.hash() == before);
}

TEST_CASE("decay pulls a composite back to the vector it was added with, before and after anchoring") {
  const Model model = testing::small_model(16);
  const auto lines = story_lines(model.tokenizer());
  for (bool anchored : {false, true}) {
    OnlineOptions options;
    options.rate = 0;
    options.decay = 0.5;
    options.segment = 4;
    PredictiveCopy copy(model, options);
    if (anchored) copy.anchor();
    const std::vector<float> given(kWidth, 0.5F);
    copy.add_composite({lines[0][0], lines[0][1]}, given);
    auto moved = copy.snapshot();
    for (std::size_t j = 0; j < kWidth; ++j) moved.weights[model.weights().size() + j] = 2;
    copy.restore(moved);
    for (const Units& line : lines) copy.read(line, true);
    for (const float number : last_vector(copy)) CHECK(number == Approx(0.5).margin(1e-3));
  }
}

TEST_CASE("a fitted vector is, on average, as likely where the units stand as their tokens one by one") {
  const Model model = testing::small_model(64);
  const auto line = story_lines(model.tokenizer()).front();
  const std::vector<Token> tokens = joined(line);
  PredictiveCopy copy(model);
  const Units units(line.begin() + 1, line.begin() + 3);
  const auto fitted = copy.vector_from_contexts(units, {tokens});
  REQUIRE(fitted.size() == kWidth);

  Composites wanted;
  wanted.add(units);
  const auto found = wanted.find(tokens, model.tokenizer().begin_end());
  REQUIRE_FALSE(found.empty());
  SegmentNetwork network(model.shape(), model.tokenizer().begin_end());
  std::vector<Token> inputs(1, kStart);
  inputs.insert(inputs.end(), tokens.begin(), tokens.end() - 1);
  network.append(model.weights().data(), 0, inputs, true);
  double by_vector = 0, by_tokens = 0;
  for (const Occurrence& o : found) {
    const Prediction p = network.prediction(o.row);
    by_vector += double{dot(p.hidden.data(), fitted.data(), kWidth)};
    by_tokens += double{p.normaliser};
    for (int i = 0; i < o.rows; ++i)
      by_tokens += network.prediction(o.row + i).log_probability(tokens[size(o.row + i)]);
  }
  CHECK(by_vector == Approx(by_tokens).epsilon(1e-3));
}

TEST_CASE("units that stand nowhere, and no lines at all, have no fitted vector") {
  const Model model = testing::small_model(16);
  const auto lines = story_lines(model.tokenizer());
  const PredictiveCopy copy(model);
  CHECK(copy.vector_from_contexts({lines[0][0], lines[0][0]}, joined(lines)).empty());
  CHECK(copy.vector_from_contexts({lines[0][0], lines[0][1]}, {}).empty());
  CHECK(copy.vector_from_contexts({lines[0][0], lines[0][1]}, {{}, {}}).empty());
  CHECK_THROWS_AS(copy.vector_from_contexts({lines[0][0]}, joined(lines)), noema::base::Error);
}

TEST_CASE("units that stand only where one window ends and the next begins are found all the same") {
  const Model model = testing::small_model(8);
  const Units units = {{kSpecials + 2}, {kSpecials + 3}};
  for (std::size_t before = 0; before < 20; ++before) {
    std::vector<Token> tokens(before, kSpecials + 7);
    tokens.insert(tokens.end(), {kSpecials + 2, kSpecials + 3});
    tokens.insert(tokens.end(), 12, kSpecials + 7);
    CHECK(PredictiveCopy(model).vector_from_contexts(units, {tokens}).size() == kWidth);
  }
}
