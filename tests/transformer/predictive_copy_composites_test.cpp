// Composites in a predictive copy's vocabulary.

#include <catch2/catch.hpp>
#include <cmath>

#include "base/error.h"
#include "tests/transformer/story_units.h"
#include "transformer/buffers.h"
#include "transformer/kernels.h"
#include "transformer/predictive_copy.h"

using namespace noema::transformer;
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
