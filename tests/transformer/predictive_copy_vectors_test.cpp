// What a predictive copy does with vectors of units from outside.

#include <algorithm>
#include <catch2/catch.hpp>
#include <limits>

#include "base/error.h"
#include "tests/transformer/changed.h"
#include "tests/transformer/story_units.h"
#include "transformer/predictive_copy.h"

using namespace noema::transformer;
using testing::changed;
using testing::joined;
using testing::small_segments;
using testing::story_lines;
using testing::Units;

namespace {

/// Each unit of the story has a vector of its own; `seed` draws them.
std::shared_ptr<const UnitVectors> story_vectors(const Tokenizer& tokenizer, std::uint64_t seed,
                                                 std::size_t width = 4) {
  std::vector<UnitVectors::Writing> writings;
  for (const Units& line : story_lines(tokenizer))
    for (const auto& unit : line)
      if (std::none_of(writings.begin(), writings.end(), [&](const auto& one) { return one.tokens == unit; }))
        writings.push_back({unit, static_cast<std::uint32_t>(writings.size())});
  noema::base::Rng rng(seed);
  std::vector<float> vectors(writings.size() * width), telling(writings.size());
  for (float& x : vectors) x = static_cast<float>(rng.normal());
  for (float& x : telling) x = static_cast<float>(rng.uniform());
  return std::make_shared<const UnitVectors>(tokenizer.begin_end(), std::move(writings), std::move(vectors),
                                             std::move(telling));
}

RehearsalOptions some_steps() {
  RehearsalOptions options;
  options.steps = 6;
  options.batch = 4;
  options.learning_rate = 3e-3F;
  return options;
}

/// A copy with a composite, an anchor, means of gradients and vectors, which stands in the middle of a segment.
PredictiveCopy well_read(const Model& model) {
  const auto lines = story_lines(model.tokenizer());
  PredictiveCopy copy(model, small_segments());
  copy.add_composite({lines[0][0], lines[0][1]});
  copy.read(lines[0], true);
  copy.anchor();
  copy.take_in(story_vectors(model.tokenizer(), 1));
  copy.rehearse(joined(lines), some_steps());
  copy.read(lines[1], true);
  copy.read({lines[0][0]}, true);
  return copy;
}

}  // namespace

TEST_CASE("vectors that are taken in change no prediction until they are learned to be used") {
  const Model model = testing::small_model(16);
  const auto lines = story_lines(model.tokenizer());
  PredictiveCopy plain(model, small_segments()), knowing(model, small_segments());
  for (PredictiveCopy* copy : {&plain, &knowing}) {
    copy->add_composite({lines[0][0], lines[0][1]});
    copy->read(lines[0], true);
    copy->clear();
    copy->read({lines[1][0]}, false);
  }
  knowing.take_in(story_vectors(model.tokenizer(), 1));
  plain.renew();
  CHECK(knowing.read({lines[1][1]}, false) == plain.read({lines[1][1]}, false));
  CHECK(knowing.nats(joined(lines)) == plain.nats(joined(lines)));
  CHECK(knowing.hash() != plain.hash());
  knowing.read(lines[2], true);
  plain.read(lines[2], true);
  CHECK(knowing.nats(joined(lines)) != plain.nats(joined(lines)));
  CHECK(knowing.composites().size() == 1);
  knowing.take_in(nullptr);  // the model's weights and the composite's vector are where they were
  CHECK(knowing.snapshot().weights.size() == plain.snapshot().weights.size());
  CHECK(knowing.read(lines[0], true).size() == lines[0].size());
}

TEST_CASE("a copy predicts what follows units that it never practised, by what is known of them") {
  const Model model = testing::small_model(8);
  const Token begin = kSpecials, end = model.tokenizer().begin_end();
  REQUIRE(end - begin >= 12);
  // Units of two kinds, which their vectors tell apart; the kind decides what follows. Every fifth is kept out.
  std::vector<UnitVectors::Writing> writings;
  std::vector<float> vectors;
  std::vector<std::vector<Token>> practised, held_out;
  for (Token token = begin + 2; token < end; ++token) {
    const bool first = token / 2 % 2 == 0;
    writings.push_back({{token}, static_cast<std::uint32_t>(writings.size())});
    vectors.insert(vectors.end(), {first ? 1.F : -1.F, 0.2F});
    for (int time = 0; time < 8; ++time)
      (token % 5 == 0 ? held_out : practised).push_back({token, begin + (first ? 0 : 1)});
  }
  const auto known =
      std::make_shared<const UnitVectors>(end, writings, vectors, std::vector<float>(writings.size(), 0));
  RehearsalOptions options;
  options.steps = 100;
  options.learning_rate = 1e-3F;
  PredictiveCopy plain(model), knowing(model);
  knowing.take_in(known);
  plain.rehearse(practised, options);
  knowing.rehearse(practised, options);
  CHECK(knowing.nats(held_out) < 0.9 * plain.nats(held_out));
}

TEST_CASE("with vectors a rehearsal has the same bits on any number of threads, and is taken back whole") {
  const Model model = testing::small_model(16);
  const auto lines = story_lines(model.tokenizer());
  std::string hash;
  for (const int threads : {1, 3}) {
    PredictiveCopy copy = well_read(model);
    auto options = some_steps();
    options.threads = threads;
    const auto before = copy.snapshot();
    const std::string was = copy.hash();
    copy.take_in(story_vectors(model.tokenizer(), 2));
    copy.rehearse(joined(lines), options);
    if (threads == 1) hash = copy.hash();
    CHECK(copy.hash() == hash);
    copy.restore(before);
    CHECK(copy.hash() == was);
    CHECK(copy.nats(joined(lines), threads) == well_read(model).nats(joined(lines), 1));
    copy.take_in(story_vectors(model.tokenizer(), 2, 7));  // of another width
    copy.rehearse(joined(lines), options);
    copy.restore(before);
    CHECK(copy.hash() == was);
  }
}

TEST_CASE("a state comes back with its vectors, and goes on with the same bits") {
  const Model model = testing::small_model(16);
  const auto lines = story_lines(model.tokenizer());
  PredictiveCopy copy = well_read(model), again(model, small_segments());
  const std::string state = copy.state();
  again.restore(state);
  CHECK(again.state() == state);
  CHECK(again.hash() == copy.hash());
  copy.renew();
  for (int time = 0; time < 2; ++time)
    for (const auto& line : lines) REQUIRE(again.read(line, true) == copy.read(line, true));
  CHECK(again.state() == copy.state());
  again.restore(PredictiveCopy(model, small_segments()).state());
  CHECK(again.vectors() == nullptr);
  CHECK(again.hash() == PredictiveCopy(model, small_segments()).hash());
}

TEST_CASE("vectors of a state that do not fit are refused with a line, and change nothing") {
  const Model model = testing::small_model(16);
  PredictiveCopy copy = well_read(model);
  const std::string state = copy.state(), before = copy.hash();
  const auto refused = [&](const std::function<void(Container&)>& change, const char* why) {
    INFO(why);
    CHECK_THROWS_WITH(copy.restore(changed(state, "copy", change)),
                      Catch::Contains("the state of a predictive copy") && Catch::Contains(why));
  };
  refused([](Container& c) { c.arrays["unit_vectors"].pop_back(); }, "do not fit each other");
  refused([](Container& c) { c.arrays["telling"].pop_back(); }, "do not fit each other");
  refused([](Container& c) { c.arrays["telling"].clear(); }, "do not fit each other");
  refused([](Container& c) { c.arrays["topic"].pop_back(); }, "do not fit each other");
  refused([](Container& c) { c.arrays["known"].pop_back(); }, "do not fit each other");
  refused([](Container& c) { c.header["window"].push_back(kSpecials); }, "do not fit each other");
  refused([](Container& c) { c.header["inside_writing"] = 100000; }, "do not fit each other");
  refused([](Container& c) { c.header["writings"][0][0] = 100000; }, "do not fit each other");
  refused([](Container& c) { c.header["writings"][1] = c.header["writings"][0], c.header["writings"][1][0] = 2; },
          "do not fit each other");
  refused([](Container& c) { c.header["writings"][0][1] = std::vector<Token>{kPad}; }, "none of its model's");
  refused([](Container& c) { c.header["writings"][0][1] = nlohmann::json::array(); }, "none of its model's");
  refused([](Container& c) { c.header["writings"] = 3; }, "header is damaged");
  refused([](Container& c) { c.header.erase("writings"); }, "header is damaged");
  refused([](Container& c) { c.arrays["unit_vectors"].clear(); }, "does not fit its model");
  for (const char* array : {"unit_vectors", "telling", "topic", "known"})
    refused([&](Container& c) { c.arrays[array].back() = std::numeric_limits<float>::infinity(); }, "is not finite");
  CHECK(copy.hash() == before);
  CHECK(copy.state() == state);
}
