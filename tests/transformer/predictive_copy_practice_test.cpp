// Rehearsal, and measuring what it was worth.

#include <catch2/catch.hpp>
#include <cmath>

#include "base/error.h"
#include "tests/transformer/story_units.h"
#include "transformer/predictive_copy.h"

using namespace noema::transformer;
using testing::joined;
using testing::story_lines;
using testing::total;
using testing::Units;

namespace {

using Lines = std::vector<std::vector<Token>>;

RehearsalOptions of_steps(std::uint64_t steps) {
  RehearsalOptions options;
  options.steps = steps;
  options.batch = 4;
  options.threads = 1;
  return options;
}

std::size_t tokens_in(const Lines& lines) {
  std::size_t n = 0;
  for (const auto& line : lines) n += line.size();
  return n;
}

}  // namespace

TEST_CASE("a pass shows every token once, in windows of a context") {
  const Model model = testing::small_model(16);
  const Lines lines = joined(story_lines(model.tokenizer()));
  const std::size_t tokens = tokens_in(lines), windows = (tokens + 15) / 16;
  auto options = of_steps(windows);
  options.batch = 1;
  PredictiveCopy copy(model);
  CHECK(copy.rehearse(lines, options).tokens == tokens);
  options.steps = 3 * windows;
  CHECK(copy.rehearse(lines, options).tokens == 3 * tokens);
  CHECK(copy.updates() == 4 * windows);
}

TEST_CASE("the seed alone decides a rehearsal, and how it is divided into shards changes nothing but rounding") {
  const Model model = testing::small_model(16);
  const Lines lines = joined(story_lines(model.tokenizer()));
  const auto rehearsed = [&](std::uint64_t seed, int shards) {
    auto options = of_steps(5);
    options.seed = seed;
    options.shards = shards;
    PredictiveCopy copy(model);
    copy.rehearse(lines, options);
    return copy;
  };
  const auto one = rehearsed(1, 4), again = rehearsed(1, 4), other = rehearsed(2, 4), whole = rehearsed(1, 1),
             many = rehearsed(1, 99);
  CHECK(one.hash() == again.hash());
  CHECK(one.hash() != other.hash());
  CHECK(many.hash() == one.hash());  // never more shards than windows
  std::size_t apart = 0;             // a gradient that is nothing but rounding has another sign
  for (std::size_t i = 0; i < one.weights().size(); ++i)
    apart += std::abs(double{whole.weights()[i]} - double{one.weights()[i]}) > 1e-4;
  CHECK(apart < one.weights().size() / 100);
}

TEST_CASE("a rehearsal of no step, of no time, or that is not to go on, changes nothing") {
  const Model model = testing::small_model(16);
  const Lines lines = joined(story_lines(model.tokenizer()));
  PredictiveCopy copy(model);
  const std::string before = copy.hash();
  CHECK(copy.rehearse(lines, of_steps(0)).steps == 0);
  const auto stopped = copy.rehearse(lines, of_steps(9), [] { return false; });
  CHECK(stopped.steps == 0);
  CHECK(stopped.first_nats == 0);
  auto timed = of_steps(1);
  timed.steps.reset();
  timed.seconds = 0;
  CHECK_NOTHROW(copy.rehearse(lines, timed, [] { return false; }));
  CHECK(copy.hash() == before);
  CHECK(copy.updates() == 0);
}

TEST_CASE("a rehearsal at rate 0 leaves the weights and measures what they are worth") {
  const Model model = testing::small_model(64);
  const Lines lines = {joined(story_lines(model.tokenizer()).front())};  // one window
  auto options = of_steps(10);
  options.batch = 1;
  options.learning_rate = 0;
  PredictiveCopy copy(model);
  const std::string before = copy.hash();
  const auto result = copy.rehearse(lines, options);
  CHECK(copy.hash() == before);
  CHECK_FALSE(result.diverged);
  CHECK(result.first_nats == Approx(result.last_nats));
  // The mean of -ln p over the window's tokens, from the start token on.
  SegmentNetwork network(model.shape(), model.tokenizer().begin_end());
  std::vector<Token> inputs(1, kStart);
  inputs.insert(inputs.end(), lines[0].begin(), lines[0].end() - 1);
  network.append(model.weights().data(), 0, inputs, true);
  double sum = 0;
  for (std::size_t i = 0; i < lines[0].size(); ++i)
    sum -= network.prediction(static_cast<int>(i)).log_probability(lines[0][i]);
  CHECK(result.first_nats == Approx(sum / static_cast<double>(lines[0].size())).epsilon(1e-4));
}

TEST_CASE("reading goes on after a rehearsal where it was") {
  const Model model = testing::small_model(16);
  const auto lines = story_lines(model.tokenizer());
  auto options = of_steps(2);
  options.learning_rate = 0;
  PredictiveCopy rehearsed(model), plain(model);
  rehearsed.read(lines[0], false);
  plain.read(lines[0], false);
  rehearsed.rehearse(joined(lines), options);
  const auto found = rehearsed.read(lines[2], false), expected = plain.read(lines[2], false);
  REQUIRE(found.size() == expected.size());
  for (std::size_t i = 0; i < found.size(); ++i) CHECK(found[i] == Approx(expected[i]).epsilon(1e-3));
}

TEST_CASE("a rehearsal without an end, or without windows or shards, is refused before anything is learned") {
  const Model model = testing::small_model(16);
  const Lines lines = joined(story_lines(model.tokenizer()));
  PredictiveCopy copy(model);
  const auto refused = [&](auto change, const char* why) {
    auto options = of_steps(1);
    change(options);
    CHECK_THROWS_WITH(copy.rehearse(lines, options), Catch::Contains(why));
  };
  refused([](auto& o) { o.steps.reset(); }, "either steps or seconds");
  refused([](auto& o) { o.seconds = 1; }, "either steps or seconds");
  refused([](auto& o) { o.batch = 0; }, "at least 1");
  refused([](auto& o) { o.shards = -1; }, "at least 1");
  CHECK_THROWS_WITH(copy.rehearse({}, of_steps(1)), Catch::Contains("the lines are empty"));
  CHECK_THROWS_AS(copy.rehearse({{model.tokenizer().size()}}, of_steps(1)), noema::base::Bug);
  CHECK(copy.updates() == 0);
}

TEST_CASE("nats of no tokens are none, and those of one token are its own") {
  const Model model = testing::small_model(16);
  const auto unit = story_lines(model.tokenizer()).front().front();
  PredictiveCopy copy(model);
  CHECK(copy.nats({}) == 0);
  CHECK(copy.nats({{}, {}}) == 0);
  REQUIRE(unit.size() > 0);
  const double own = total(copy.read({unit}, false));
  CHECK(copy.nats({unit}) == Approx(own / static_cast<double>(unit.size())).epsilon(1e-4));
}

TEST_CASE("long text is measured in groups that each begin anew, with the same bits on any number of threads") {
  const Model model = testing::small_model(16);
  const Lines story = joined(story_lines(model.tokenizer()));
  Lines first, second = story, both;
  while (tokens_in(first) < 2048) first.push_back(story[first.size() % story.size()]);
  both = first;
  both.insert(both.end(), second.begin(), second.end());
  const PredictiveCopy copy(model);
  const double nats = copy.nats(both, 1);
  const auto of = [&](const Lines& lines) { return copy.nats(lines, 1) * static_cast<double>(tokens_in(lines)); };
  CHECK(nats * static_cast<double>(tokens_in(both)) == Approx(of(first) + of(second)).epsilon(1e-9));
  CHECK(copy.nats(both, 2) == nats);
  CHECK(copy.nats(both, 5) == nats);
}
