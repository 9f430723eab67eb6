// A predictive copy's state as bytes: what is kept, and what is refused.

#include <bit>
#include <catch2/catch.hpp>
#include <cmath>
#include <functional>
#include <limits>

#include "base/error.h"
#include "tests/transformer/changed.h"
#include "tests/transformer/story_units.h"
#include "transformer/predictive_copy.h"

using namespace noema::transformer;
using testing::changed;
using testing::small_segments;
using testing::story_lines;

namespace {

/// A copy that has a composite, an anchor, means of gradients, and stands in the middle of a segment.
PredictiveCopy lived(const Model& model) {
  const auto lines = story_lines(model.tokenizer());
  PredictiveCopy copy(model, small_segments());
  copy.read(lines[0], true);
  copy.anchor();
  copy.add_composite({lines[0][0], lines[0][1]});
  copy.read(lines[1], true);
  copy.read({lines[0][0]}, true);
  return copy;
}

}  // namespace

TEST_CASE("a state comes back with composites, anchor, means and window, and goes on with the same bits") {
  const Model model = testing::small_model(16);
  const auto lines = story_lines(model.tokenizer());
  PredictiveCopy copy = lived(model), again(model, small_segments());
  const std::string state = copy.state();
  again.restore(state);
  CHECK(again.state() == state);
  CHECK(again.hash() == copy.hash());
  CHECK(again.snapshot().anchor == copy.snapshot().anchor);
  copy.renew();
  for (int time = 0; time < 2; ++time)
    for (const auto& line : lines) REQUIRE(again.read(line, true) == copy.read(line, true));
  CHECK(again.state() == copy.state());
}

TEST_CASE("a copy that restores a state forgets what it had learned itself") {
  const Model model = testing::small_model(16);
  const auto lines = story_lines(model.tokenizer());
  PredictiveCopy other = lived(model);
  other.add_composite({lines[2][0], lines[2][1]});
  other.restore(PredictiveCopy(model, small_segments()).state());
  CHECK(other.hash() == PredictiveCopy(model, small_segments()).hash());
  CHECK(other.composites().empty());
  CHECK(other.updates() == 0);
}

TEST_CASE("every truncation and every flipped byte of a state is noticed, and changes nothing") {
  const Model model = testing::small_model(16);
  PredictiveCopy copy = lived(model);
  const std::string state = copy.state(), before = copy.hash();
  noema::base::Rng rng(3);
  for (int trial = 0; trial < 30; ++trial) {
    CHECK_THROWS_AS(copy.restore(std::string_view(state).substr(0, rng.below(state.size()))), noema::base::Error);
    auto flipped = state;
    flipped[trial < 15 ? rng.below(1000) : rng.below(state.size())] ^= static_cast<char>(1 << rng.below(7));
    CHECK_THROWS_AS(copy.restore(flipped), noema::base::Error);
  }
  CHECK(copy.hash() == before);
}

TEST_CASE("a state whose content does not fit its model is refused with a line, whole as its file may be") {
  const Model model = testing::small_model(16);
  PredictiveCopy copy = lived(model);
  const std::string state = copy.state(), before = copy.hash();
  const int tokens = model.tokenizer().size();
  const auto refused = [&](const std::function<void(Container&)>& change, const char* why) {
    INFO(why);
    CHECK_THROWS_WITH(copy.restore(changed(state, "copy", change)),
                      Catch::Contains("the state of a predictive copy") && Catch::Contains(why));
  };
  refused([&](Container& c) { c.header["window"].back() = tokens; }, "tokens that its model does not have");
  refused([&](Container& c) { c.header["window"][1] = -5; }, "tokens that its model does not have");
  refused([&](Container& c) { c.header["targets"][0] = 1000000000; }, "tokens that its model does not have");
  refused([&](Container& c) { c.header["targets"][0] = kPad; }, "tokens that its model does not have");
  refused([&](Container& c) { c.header["window"] = nlohmann::json::array(); }, "does not fit its model");
  refused([&](Container& c) { c.header["window"] = std::vector<Token>(17, 9); }, "does not fit its model");
  refused([&](Container& c) { c.header["targets"] = std::vector<Token>(40, -1); }, "does not fit its model");
  refused([&](Container& c) { c.header["composites"][0][0] = std::vector<Token>{tokens}; },
          "composite that is no units");
  refused([&](Container& c) { c.header["composites"][0][1] = nlohmann::json::array(); }, "composite that is no units");
  refused([&](Container& c) { c.header["composites"][0].erase(1); }, "composite that is no units");
  refused([&](Container& c) { c.header["composites"].clear(); }, "a composite that is not there");
  refused([&](Container& c) { c.header["inside"][0][0] = 7; }, "a composite that is not there");
  refused([&](Container& c) { c.header["inside"][0][1] = 2; }, "a composite that is not there");
  refused([&](Container& c) { c.header["outside"] = std::bit_cast<std::uint64_t>(std::nan("")); }, "not a number");
  refused([&](Container& c) { c.arrays["weights"].pop_back(); }, "expected");
  refused([&](Container& c) { c.arrays["starts"].push_back(0); }, "does not fit its model");
  refused([&](Container& c) { c.arrays["anchor"].resize(3); }, "does not fit its model");
  refused([&](Container& c) { c.arrays["mean_squares"].resize(c.arrays["weights"].size() + 1); }, "does not fit");
  for (const char* array : {"weights", "anchor", "starts", "mean_squares"})
    refused([&](Container& c) { c.arrays[array].back() = std::numeric_limits<float>::infinity(); }, "is not finite");
  for (const char* key : {"composites", "inside", "outside", "window", "targets", "updates", "mean_count"}) {
    refused([&](Container& c) { c.header.erase(key); }, "header is damaged");
    refused([&](Container& c) { c.header[key] = "what"; }, "header is damaged");
  }
  refused([&](Container& c) { c.header["model"] = "another"; }, "belongs to the model another");
  refused([&](Container& c) { c.header["rule"] = 9; }, "another rule");
  refused([&](Container& c) { c.header = {1, 2}; }, "header is damaged");
  CHECK(copy.hash() == before);
  CHECK(copy.state() == state);
}

TEST_CASE("a copy's hash follows its weights and composites, not what it is reading") {
  const Model model = testing::small_model(16);
  const auto lines = story_lines(model.tokenizer());
  PredictiveCopy copy(model, small_segments());
  const std::string before = copy.hash();
  copy.read(lines[0], false);
  CHECK(copy.hash() == before);
  copy.add_composite({lines[0][0], lines[0][1]});
  const std::string with = copy.hash();
  CHECK(with != before);
  PredictiveCopy other(model, small_segments());  // the same tokens, divided into units otherwise
  other.add_composite({lines[0][1], lines[0][0]}, {copy.weights().end() - 24, copy.weights().end()});
  CHECK(other.hash() != with);
  copy.read(lines[0], true);
  CHECK(copy.hash() != with);
}

TEST_CASE("the bytes that a copy says it holds grow with what it holds") {
  const Model model = testing::small_model(16);
  PredictiveCopy copy(model, small_segments());
  const std::size_t fresh = copy.bytes();
  CHECK(fresh > model.weights().size() * sizeof(float));
  copy.read(story_lines(model.tokenizer())[0], true);
  const std::size_t learned = copy.bytes();
  CHECK(learned >= fresh + 2 * model.weights().size() * sizeof(float));  // a gradient and its mean squares
  copy.anchor();
  CHECK(copy.bytes() >= learned + model.weights().size() * sizeof(float));
}
