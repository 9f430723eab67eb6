// A training that diverges says so and leaves nothing behind; no weight that is not finite is read.

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

#include "base/error.h"
#include "base/files.h"
#include "base/stop.h"
#include "tests/transformer/samples.h"
#include "tests/transformer/training.h"
#include "transformer/architecture.h"
#include "transformer/container.h"
#include "transformer/finite.h"
#include "transformer/predictive_copy.h"
#include "transformer/trainer.h"

using namespace noema::transformer;
using Catch::Matchers::Contains;

namespace {

constexpr float kNan = std::numeric_limits<float>::quiet_NaN();

Model model_of(std::string_view architecture) {
  auto options = testing::small_model(16).options();
  options.architecture = architecture;
  return Model::random(options, testing::small_model(16).tokenizer(), 7);
}

std::vector<Pair> some_pairs(const Tokenizer& tokenizer) {
  return {tokens_of_pair("The cat", "the mat", tokenizer), tokens_of_pair("The dog", "the log", tokenizer)};
}

std::vector<float> weights_of(const Model& model) { return {model.weights().begin(), model.weights().end()}; }

}  // namespace

TEST_CASE("the first number that is not finite is found, wherever it is") {
  std::vector<float> values(10000, 1.5F);
  CHECK_FALSE(first_non_finite(values));
  for (const float bad : {kNan, std::numeric_limits<float>::infinity(), -std::numeric_limits<float>::infinity()})
    for (const std::size_t at : {std::size_t{0}, std::size_t{4095}, std::size_t{4096}, std::size_t{9999}}) {
      auto broken = values;
      broken[at] = bad;
      CHECK(first_non_finite(broken) == at);
    }
  values[3] = std::numeric_limits<float>::max();
  CHECK_FALSE(first_non_finite(values));
  values[7] = kNan;
  REQUIRE_THROWS_WITH(require_finite(values, "a.model", "weight"), Contains("a.model: weight number 8 is not finite"));
}

TEST_CASE("a training that diverges stops with its step and what to lower, on every architecture") {
  for (const auto architecture : architectures()) {
    INFO(architecture);
    const Model model = model_of(architecture);
    const bool text = traits_of(model.options()).text;
    const auto corpus = text ? testing::story_corpus(model.tokenizer(), 4) : Corpus{};
    const auto pairs = text ? std::vector<Pair>{} : some_pairs(model.tokenizer());
    TrainOptions options;
    options.batch = 4;
    options.steps = 2000;
    options.learning_rate = 50;
    options.optimizer.weight_decay = 1000;
    const testing::TemporaryFolder folder;
    options.checkpoint = folder / "a.train";
    Trainer trainer(model, corpus, pairs, options);
    REQUIRE_THROWS_WITH(trainer.run(), Contains("diverged at step") && Contains("lower --learning-rate 50") &&
                                           Contains("nothing was written"));
    CHECK_FALSE(std::filesystem::exists(options.checkpoint));
  }
}

TEST_CASE("a model, a checkpoint or a copy's state with a weight that is not finite is refused") {
  const Model model = testing::small_model(16);
  auto broken = weights_of(model);
  broken[5] = kNan;
  const std::string bytes = Model(model.options(), model.tokenizer(), broken).serialize();
  REQUIRE_THROWS_WITH(Model::parse(bytes, "b.model"), Contains("b.model: weight number 6 is not finite"));

  PredictiveCopy copy(model);
  auto snapshot = copy.snapshot();
  snapshot.weights[2] = kNan;
  PredictiveCopy other(model);
  other.restore(snapshot);
  const std::string state = other.state();
  REQUIRE_THROWS_WITH(copy.restore(state), Contains("not finite"));
}

TEST_CASE("a checkpoint of other options is refused before any text is read") {
  const testing::TemporaryFolder folder;
  const Model model = testing::small_model(16);
  const auto corpus = testing::story_corpus(model.tokenizer(), 4);
  const TrainOptions options = testing::stopped_training(model, corpus, folder / "a.train");
  require_resumable(model.options(), options);
  const auto refused = [&](auto change) {
    auto other = options;
    auto shape = model.options();
    change(other, shape);
    REQUIRE_THROWS_WITH(require_resumable(shape, other), Contains("other options"));
  };
  refused([](TrainOptions& o, ModelOptions&) { o.learning_rate = 1e-4F; });
  refused([](TrainOptions& o, ModelOptions&) { o.seed = 9; });
  refused([](TrainOptions& o, ModelOptions&) { o.steps = 7; });
  refused([](TrainOptions& o, ModelOptions&) { o.optimizer.weight_decay = 0.5F; });
  refused([](TrainOptions&, ModelOptions& m) { m.context = 32; });
  refused([](TrainOptions&, ModelOptions& m) { m.architecture = "gru"; });
}

TEST_CASE("a training that is asked to stop keeps a checkpoint and goes on to the same weights") {
  const testing::TemporaryFolder folder;
  const Model model = testing::small_model(16, 0.1F);
  const auto corpus = testing::story_corpus(model.tokenizer(), 4);
  TrainOptions options;
  options.batch = 4;
  options.steps = 10;
  Trainer through(model, corpus, {}, options);
  through.run();
  options.checkpoint = folder / "a.train";
  std::stop_source source;
  Trainer stopped(model, corpus, {}, options);
  stopped.run({}, 4);
  source.request_stop();
  const auto progress = stopped.run({}, {}, source.get_token());
  CHECK(progress.step == 4);  // the step under way was dropped whole
  REQUIRE(std::filesystem::exists(options.checkpoint));
  options.resume = true;
  Trainer resumed(model, corpus, {}, options);
  resumed.run();
  CHECK(resumed.model().hash() == through.model().hash());
}

TEST_CASE("a rehearsal that diverges is taken back") {
  const Model model = testing::small_model(16);
  PredictiveCopy copy(model);
  const std::string before = copy.hash();
  RehearsalOptions options;
  options.steps = 2000;
  options.learning_rate = 50;
  options.optimizer.weight_decay = 1000;
  const auto result = copy.rehearse({testing::story_tokens(model.tokenizer(), 1)}, options);
  CHECK(result.diverged);
  CHECK(result.steps == 0);
  CHECK(copy.hash() == before);
}

TEST_CASE("online learning that diverged goes back to its anchor, and a rate out of range is refused") {
  const Model model = testing::small_model(16);
  PredictiveCopy copy(model);
  const std::string before = copy.hash();
  auto snapshot = copy.snapshot();
  for (float& w : snapshot.weights) w *= 1e30F;
  copy.restore(snapshot);
  std::vector<std::vector<Token>> units;
  for (const char* unit : {"The", " cat", " sat"}) units.push_back(model.tokenizer().encode(unit));
  for (const double nats : copy.read(units, true)) CHECK(std::isfinite(nats));
  CHECK(copy.hash() == before);
  REQUIRE_THROWS_WITH(PredictiveCopy(model, OnlineOptions{.rate = 1e30}), Contains("rate: expected"));
  REQUIRE_THROWS_WITH(PredictiveCopy(model, OnlineOptions{.rate = std::nan("")}), Contains("rate: expected"));
}
