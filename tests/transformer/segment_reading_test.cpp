#include "transformer/segment_reading.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "tests/transformer/story_units.h"

using namespace noema::transformer;
using testing::joined;
using testing::story_lines;

namespace {

struct Reading {
  Model model = testing::small_model(16);
  Composites none;
  SegmentNetwork network{model.shape(), model.tokenizer().begin_end()};
  reading::Weights weights{model, model.weights().data(), none};
  UnitTrail trail;
};

}  // namespace

TEST_CASE("a unit is a token that begins one and tokens that continue it") {
  const Tokenizer tokenizer = testing::small_model().tokenizer();
  const Token begins = kSpecials + 1, continues = tokenizer.begin_end();
  CHECK(reading::is_unit({begins}, tokenizer));
  CHECK(reading::is_unit({begins, continues, tokenizer.size() - 1}, tokenizer));
  CHECK(reading::is_unit({kSpecials}, tokenizer));  // the bare begin mark: the empty unit
  for (const auto& unit : std::vector<Composites::Unit>{{},
                                                        {kStart},
                                                        {continues},
                                                        {begins, begins},
                                                        {begins, kSeparator},
                                                        {begins, continues, begins},
                                                        {begins, tokenizer.size()},
                                                        {-1},
                                                        {begins, -1}}) {
    CHECK_FALSE(reading::is_unit(unit, tokenizer));
    CHECK_THROWS_AS(reading::require_unit(unit, tokenizer), noema::base::Bug);
  }
}

TEST_CASE("text is of the tokenizer's tokens without specials, and may be empty") {
  const Tokenizer tokenizer = testing::small_model().tokenizer();
  CHECK_NOTHROW(reading::require_tokens({}, tokenizer));
  CHECK_NOTHROW(reading::require_tokens({{}, {kSpecials, tokenizer.size() - 1}, {}}, tokenizer));
  for (const Token token : {kStart, kPad, -1, tokenizer.size()})
    CHECK_THROWS_AS(reading::require_tokens({{kSpecials}, {kSpecials, token}}, tokenizer), noema::base::Bug);
}

TEST_CASE("reading begins at the start token, whatever was read before") {
  Reading r;
  reading::start(r.network, r.weights, r.trail);
  const double first = double{r.network.prediction(0).log_begin};
  r.network.append(r.weights.data, 0, std::vector<Token>{9, 10}, true);
  reading::start(r.network, r.weights, r.trail);
  CHECK(r.network.position() == 1);
  CHECK(r.network.rows() == 1);
  CHECK(r.network.tokens()[0] == kStart);
  CHECK(double{r.network.prediction(0).log_begin} == first);
}

TEST_CASE("a full window keeps the newer half behind a start token, and nothing of it is learned from any more") {
  Reading r;
  reading::start(r.network, r.weights, r.trail);
  const auto tokens = testing::story_tokens(r.model.tokenizer(), 1);
  r.network.append(r.weights.data, 0, std::span(tokens).first(15), true);
  reading::slide(r.network, r.weights, r.trail);
  CHECK(r.network.position() == 9);
  CHECK(r.network.rows() == 0);
  CHECK(r.network.tokens()[0] == kStart);
  for (std::size_t i = 0; i < 8; ++i) CHECK(r.network.tokens()[1 + i] == tokens[7 + i]);
}

TEST_CASE(
    "every token is met once and in order, in segments that never grow too long, and becomes a target if learned") {
  const auto tokens = testing::story_tokens(testing::small_model().tokenizer(), 1);
  for (int segment : {1, 2, 5, 8})
    for (bool learn : {false, true}) {
      Reading r;
      reading::start(r.network, r.weights, r.trail);
      std::size_t met = 0;
      int turns = 0;
      const auto visit = [&](std::size_t i, const Prediction& p) {
        REQUIRE(i == met++);
        REQUIRE(std::isfinite(p.log_probability(tokens[i])));
        REQUIRE(p.log_probability(tokens[i]) < 0);
      };
      const auto turn = [&] {
        ++turns;
        REQUIRE((r.network.rows() == segment || r.network.position() == 16));
        for (const Token target : r.network.targets()) REQUIRE((target >= 0) == learn);
        if (r.network.position() == 16)
          reading::slide(r.network, r.weights, r.trail);
        else
          r.network.cut();
      };
      // In pieces of all sizes, as lines come.
      noema::base::Rng rng(7);
      for (std::size_t begin = 0; begin < tokens.size();) {
        const std::size_t n = std::min<std::size_t>(tokens.size() - begin, rng.below(20));
        met = 0;
        const std::vector<Token> piece(tokens.begin() + static_cast<std::ptrdiff_t>(begin),
                                       tokens.begin() + static_cast<std::ptrdiff_t>(begin + n));
        reading::advance(
            r.network, r.weights, r.trail, segment, piece, learn,
            [&](std::size_t i, const Prediction& p) {
              REQUIRE(i == met++);
              REQUIRE(p.log_probability(piece[i]) < 0);
            },
            turn);
        REQUIRE(met == n);
        REQUIRE(r.network.rows() <= segment);
        begin += n;
      }
      REQUIRE(turns >= static_cast<int>(tokens.size()) / segment - 1);
      met = 0;
      reading::advance(r.network, r.weights, r.trail, segment, {}, learn, visit, turn);
      REQUIRE(met == 0);
    }
}

TEST_CASE("a unit's nats are those of beginning, of its tokens, and of the next one beginning") {
  Reading r;
  const auto units = story_lines(r.model.tokenizer()).front();
  const testing::Units some(units.begin(), units.begin() + 3);
  reading::start(r.network, r.weights, r.trail);
  CompositeState state;
  const auto read_on = [&](std::span<const Token> tokens, const auto& visit) {
    reading::advance(r.network, r.weights, r.trail, 16, tokens, false, visit, [&] { r.network.cut(); });
  };
  CHECK(reading::score({}, r.none, state, r.network, read_on).empty());
  const auto found = reading::score(some, r.none, state, r.network, read_on);

  SegmentNetwork plain(r.model.shape(), r.model.tokenizer().begin_end());
  reading::start(plain, r.weights, r.trail);
  const auto tokens = joined(some);
  plain.append(r.weights.data, 0, tokens, true);
  int row = 0;
  for (std::size_t u = 0; u < some.size(); ++u) {
    // P(t1 | it begins) prod P(ti) P(the next begins): what begins a unit is shared out among units.
    double expected = double{plain.prediction(row).log_begin};
    for (const Token token : some[u]) expected -= plain.prediction(row++).log_probability(token);
    expected -= double{plain.prediction(row).log_begin};
    CHECK(found[u] == Approx(expected).epsilon(1e-4));
  }
}
