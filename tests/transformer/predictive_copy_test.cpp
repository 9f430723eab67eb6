#include "transformer/predictive_copy.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <thread>

#include "base/error.h"
#include "tests/transformer/story_units.h"
#include "transformer/decoder.h"
#include "transformer/kernels.h"

using namespace noema::transformer;
using testing::joined;
using testing::small_segments;
using testing::story_lines;
using testing::total;
using testing::Units;

namespace {

using Unit = PredictiveCopy::Unit;

/// -ln P of the units by the decoder, in the reader's event space.
std::vector<double> by_decoder(Decoder& decoder, const Units& units) {
  std::vector<double> nats;
  for (const Unit& unit : units) {
    double sum = double{decoder.position().log_begin};
    decoder.append(unit, [&](std::size_t i, const Position& p) {
      sum -= double{p.log_probabilities[static_cast<std::size_t>(unit[i])]};
    });
    nats.push_back(sum - double{decoder.position().log_begin});
  }
  return nats;
}

double read_all(PredictiveCopy& copy, const std::vector<Units>& lines, bool learn) {
  double sum = 0;
  for (const Units& line : lines) sum += total(copy.read(line, learn));
  return sum;
}

double distance(const PredictiveCopy& copy) {
  double square = 0;
  for (std::size_t i = 0; i < copy.model().weights().size(); ++i) {
    const double d = double{copy.weights()[i]} - double{copy.model().weights()[i]};
    square += d * d;
  }
  return std::sqrt(square);
}

RehearsalOptions rehearsal(std::uint64_t steps, int threads = 1) {
  RehearsalOptions options;
  options.steps = steps;
  options.batch = 6;
  options.learning_rate = 3e-3F;
  options.threads = threads;
  return options;
}

/// A model that says units of one token only: whatever continues a unit has a probability of e^-20 and less, since the
/// first number of every hidden state is large, and of their vectors far below zero.
Model model_of_short_units() {
  const Model model = testing::small_model(16);
  std::vector<float> weights(model.weights().begin(), model.weights().end());
  for (Token t = 0; t < model.tokenizer().size(); ++t) {
    const bool continues = t >= model.tokenizer().begin_end();
    weights[static_cast<std::size_t>(t) * 24] = continues ? -30.0F : 30.0F;
  }
  return {model.options(), model.tokenizer(), std::move(weights)};
}

}  // namespace

TEST_CASE("a copy that does not learn reads as the model does, whatever its segments") {
  const Model model = testing::small_model(16);
  const auto lines = story_lines(model.tokenizer());
  for (int segment : {1, 3, 8}) {
    OnlineOptions options;
    options.segment = segment;
    PredictiveCopy copy(model, options);
    Decoder decoder(model);
    for (int time = 0; time < 2; ++time)
      for (const Units& line : lines) {
        const auto expected = by_decoder(decoder, line), found = copy.read(line, false);
        REQUIRE(found.size() == expected.size());
        for (std::size_t i = 0; i < found.size(); ++i) REQUIRE(found[i] == Approx(expected[i]).epsilon(1e-3));
      }
    REQUIRE(copy.updates() == 0);
    REQUIRE(distance(copy) == 0);
  }
}

TEST_CASE("lines read again and again are predicted better, under either rule") {
  const Model model = testing::small_model(16);
  const auto lines = story_lines(model.tokenizer());
  for (auto rule : {OnlineOptions::Rule::kPlain, OnlineOptions::Rule::kScaled})
    for (bool fresh : {false, true}) {
      auto options = small_segments(rule);
      options.fresh = fresh;
      PredictiveCopy copy(model, options);
      const double first = read_all(copy, lines, true);
      for (int i = 0; i < 10; ++i) read_all(copy, lines, true);
      REQUIRE(read_all(copy, lines, true) < 0.8 * first);
      REQUIRE(copy.updates() > 96U);
    }
}

TEST_CASE("a segment is scored before it is learned from") {
  const Model model = testing::small_model(32);
  const auto line = story_lines(model.tokenizer()).front();
  auto options = small_segments();
  options.segment = 16;
  PredictiveCopy learning(model, options), still(model, options);
  const auto learned = learning.read(line, true), unlearned = still.read(line, false);
  std::size_t tokens = 1;  // the start token is the first of the segment
  std::size_t unit = 0;
  for (; tokens + line[unit].size() < 16; ++unit) {
    REQUIRE(learned[unit] == unlearned[unit]);
    tokens += line[unit].size();
  }
  REQUIRE(unit > 1);
  REQUIRE(learning.updates() > 0);
  REQUIRE(learned.back() != unlearned.back());
}

TEST_CASE("decay pulls the weights back, to the model or to the anchor") {
  const Model model = testing::small_model(16);
  const auto lines = story_lines(model.tokenizer());
  auto options = small_segments();
  PredictiveCopy free(model, options);
  options.decay = 0.1;
  PredictiveCopy held(model, options);
  read_all(free, lines, true);
  read_all(held, lines, true);
  REQUIRE(distance(held) < 0.8 * distance(free));

  options.rate = 0;
  options.decay = 0.5;
  PredictiveCopy back(model, options);
  back.rehearse(joined(lines), rehearsal(3));
  const double away = distance(back);
  REQUIRE(away > 0);
  auto anchored = back;
  anchored.anchor();
  read_all(back, lines, true);
  read_all(anchored, lines, true);
  REQUIRE(distance(back) < 0.1 * away);
  REQUIRE(distance(anchored) == Approx(away).epsilon(1e-5));
}

TEST_CASE("reading gives the same bits every time, on threads side by side too") {
  const Model model = testing::small_model(16);
  const auto lines = story_lines(model.tokenizer());
  std::vector<std::string> hashes(2);
  const auto live = [&](std::size_t which) {
    PredictiveCopy copy(model, small_segments());
    for (int i = 0; i < 3; ++i) read_all(copy, lines, true);
    hashes[which] = copy.hash();
  };
  std::thread other(live, 0);
  live(1);
  other.join();
  REQUIRE(hashes[0] == hashes[1]);
}

TEST_CASE("a copy restored from its state goes on with the same bits") {
  const Model model = testing::small_model(16);
  const auto lines = story_lines(model.tokenizer());
  PredictiveCopy copy(model, small_segments());
  copy.add_composite({lines[0][0], lines[0][1]});
  copy.read(lines[0], true);
  copy.read(lines[1], true);
  copy.read({lines[0][0]}, true);  // in the middle of a segment, perhaps inside the composite
  const std::string state = copy.state();
  copy.renew();
  PredictiveCopy again(model, small_segments());
  again.restore(state);
  REQUIRE(again.hash() == copy.hash());
  REQUIRE(again.updates() == copy.updates());
  REQUIRE(again.composites().size() == 1);
  for (const Units& line : lines) REQUIRE(again.read(line, true) == copy.read(line, true));
  REQUIRE(again.hash() == copy.hash());
  REQUIRE(again.state() == copy.state());
}

TEST_CASE("a state that is damaged, or of another model or rule, is refused") {
  const Model model = testing::small_model(16);
  PredictiveCopy copy(model, small_segments());
  const std::string state = copy.state(), before = copy.hash();
  auto damaged = state;
  damaged[damaged.size() / 2] ^= 1;
  REQUIRE_THROWS_WITH(copy.restore(damaged), Catch::Matchers::Contains("damaged"));
  REQUIRE_THROWS_WITH(copy.restore(std::string_view(state).substr(0, 5000)), Catch::Matchers::Contains("truncated"));
  REQUIRE_THROWS_AS(copy.restore("something else"), noema::base::Error);
  REQUIRE_THROWS_AS(copy.restore(model.serialize()), noema::base::Error);
  REQUIRE_THROWS_AS(PredictiveCopy(model, small_segments(OnlineOptions::Rule::kPlain)).restore(state),
                    noema::base::Error);
  const Model third = Model::random(model.options(), model.tokenizer(), 99);
  REQUIRE_THROWS_WITH(PredictiveCopy(third, small_segments()).restore(state),
                      Catch::Matchers::Contains("belongs to the model"));
  REQUIRE(copy.hash() == before);
}

TEST_CASE("rehearsal learns its lines, with the same bits on any number of threads") {
  const Model model = testing::small_model(16);
  const auto lines = joined(story_lines(model.tokenizer()));
  std::vector<std::string> hashes;
  for (int threads : {1, 2}) {
    PredictiveCopy copy(model);
    const double before = copy.nats(lines, threads);
    const auto result = copy.rehearse(lines, rehearsal(60, threads));
    REQUIRE(result.steps == 60);
    REQUIRE(result.last_nats < 0.6 * result.first_nats);
    REQUIRE(copy.nats(lines, threads) < 0.7 * before);
    hashes.push_back(copy.hash());
  }
  REQUIRE(hashes[0] == hashes[1]);
}

TEST_CASE("a rehearsal stops when it is told to, and says what it cannot do") {
  const Model model = testing::small_model(16);
  const auto lines = joined(story_lines(model.tokenizer()));
  PredictiveCopy copy(model);
  int left = 3;
  REQUIRE(copy.rehearse(lines, rehearsal(60), [&] { return left-- > 0; }).steps == 3);
  auto both = rehearsal(2);
  both.seconds = 1;
  REQUIRE_THROWS_AS(copy.rehearse(lines, both), noema::base::UsageError);
  REQUIRE_THROWS_AS(copy.rehearse({{}, {}}, rehearsal(2)), noema::base::Error);
  REQUIRE_THROWS_AS(copy.rehearse({{kStart}}, rehearsal(2)), std::logic_error);
  REQUIRE_THROWS_AS(copy.nats({{kPad}}), std::logic_error);
  auto timed = rehearsal(2);
  timed.steps.reset();
  timed.seconds = 0.05;
  REQUIRE(copy.rehearse(lines, timed).steps > 0);
}

TEST_CASE("nats are those of reading") {
  const Model model = testing::small_model(16);
  const auto lines = story_lines(model.tokenizer());
  PredictiveCopy copy(model);
  copy.add_composite({lines[0][0], lines[0][1]});
  std::size_t tokens = 0;
  for (const Units& line : lines) tokens += joined(line).size();
  const double mean = copy.nats(joined(lines));
  REQUIRE(mean == Approx(read_all(copy, lines, false) / static_cast<double>(tokens)).epsilon(1e-4));
}

TEST_CASE("a snapshot takes back a rehearsal and a composite") {
  const Model model = testing::small_model(16);
  const auto lines = story_lines(model.tokenizer());
  PredictiveCopy copy(model, small_segments());
  read_all(copy, lines, true);
  const auto snapshot = copy.snapshot();
  const std::string before = copy.hash();
  auto untouched = copy;
  copy.add_composite({lines[0][0], lines[0][1]});
  copy.rehearse(joined(lines), rehearsal(4));
  REQUIRE(copy.hash() != before);
  copy.restore(snapshot);
  REQUIRE(copy.hash() == before);
  untouched.renew();
  REQUIRE(copy.read(lines[0], true) == untouched.read(lines[0], true));
  REQUIRE(copy.hash() == untouched.hash());
}

TEST_CASE("with composites the probabilities of all units still sum to one, after any history") {
  const Model model = model_of_short_units();
  const Unit a{kSpecials + 2}, b{kSpecials + 3}, c{kSpecials + 4};
  PredictiveCopy copy(model);
  std::vector<float> likely(24);
  likely[0] = 31;
  copy.add_composite({a, b}, likely);
  copy.add_composite({a, b, c}, likely);
  copy.add_composite({b, a});
  copy.add_composite({c, c}, likely);
  REQUIRE(copy.add_composite({b, a}) == 2);
  PredictiveCopy plain(model);
  for (const Units& history : std::vector<Units>{{}, {a}, {a, b}, {c}, {b, a}, {a, b, c}, {c, c, c}}) {
    double sum = 0;
    for (Token t = kSpecials; t < model.tokenizer().begin_end(); ++t) {
      Units line = history;
      line.push_back({t});
      copy.clear();
      sum += std::exp(-copy.read(line, false).back());
    }
    REQUIRE(sum == Approx(1).epsilon(1e-5));
  }
  copy.clear();
  REQUIRE(total(copy.read({a, b, c, c}, false)) != Approx(total(plain.read({a, b, c, c}, false))));
}

TEST_CASE("a composite that is useful makes its line likelier after rehearsal than before and than without it") {
  const Model model = testing::small_model(16);
  const auto lines = story_lines(model.tokenizer());
  const Units useful(lines[0].begin(), lines[0].begin() + 3);
  PredictiveCopy copy(model);
  copy.add_composite(useful);
  PredictiveCopy plain(model);
  PredictiveCopy fresh = copy;
  const double before = total(fresh.read(lines[0], false));
  copy.rehearse(joined(lines), rehearsal(10));
  plain.rehearse(joined(lines), rehearsal(10));
  copy.clear();
  plain.clear();
  const double after = total(copy.read(lines[0], false)), without = total(plain.read(lines[0], false));
  REQUIRE(after < before);
  REQUIRE(after < without);
}

TEST_CASE("what a copy cannot use is refused") {
  const Model model = testing::small_model(16);
  const auto lines = story_lines(model.tokenizer());
  OnlineOptions options;
  options.segment = 0;
  REQUIRE_THROWS_WITH(PredictiveCopy(model, options), Catch::Matchers::Contains("segment"));
  options = small_segments();
  options.decay = 2;
  REQUIRE_THROWS_WITH(PredictiveCopy(model, options), Catch::Matchers::Contains("decay"));
  PredictiveCopy copy(model, small_segments());
  REQUIRE_THROWS_AS(copy.add_composite({lines[0][0]}), noema::base::Error);
  REQUIRE_THROWS_AS(copy.add_composite({lines[0][0], lines[0][1]}, {1, 2}), std::logic_error);
  REQUIRE_THROWS_AS(copy.read({{kStart}}, false), std::logic_error);
  REQUIRE(copy.read({}, true).empty());
  REQUIRE(copy.bytes() > model.weights().size() * sizeof(float));
}
