#include "experiments/pair_run.h"

#include <catch2/catch.hpp>

#include "base/error.h"
#include "base/files.h"
#include "experiments/run_folder.h"
#include "experiments/streams/registry.h"
#include "reasoning/arms/life_host.h"
#include "tests/experiments/fakes.h"
#include "transformer/trained_pairs.h"
#include "transformer/trainer.h"

using namespace noema::experiments;
namespace base = noema::base;
namespace reasoning = noema::reasoning;
namespace transformer = noema::transformer;
using nlohmann::json;

namespace {

/// Says what it was told last; or, a cheater in its bits, nothing finite.
class Parrot final : public reasoning::Learner {
 public:
  std::string_view name() const override { return "parrot"; }
  reasoning::Outcome experience(const reasoning::Experience& experience) override {
    const auto& pair = std::get<reasoning::ToldPair>(experience);
    reasoning::Translated said{last_, {}};
    for (std::size_t i = 0; i <= pair.target.size(); ++i) said.token_bits.push_back(2);
    last_ = pair.target;
    return said;
  }
  reasoning::LearnerState state() const override { return {}; }
  std::string save() override { return ""; }
  void load(std::string_view) override {}

 private:
  std::string last_;
};

ExperimentConfig invented(const std::vector<std::string>& arms) {
  ExperimentConfig config;
  config.name = "invented";
  config.stream = StreamConfig("invented_pairs");
  config.stream.settings.set("lines", std::int64_t{30});
  config.stream.settings.set("train", std::int64_t{60});
  config.protocol.block = 10;
  config.protocol.think = 1;
  config.arms = arms;
  return config;
}

/// A small translator, hardly trained, and the pairs beside it.
void train_a_little(const ModelConfig&, const std::vector<reasoning::ToldPair>& pairs,
                    const std::filesystem::path& out) {
  transformer::ModelOptions shape;
  shape.architecture = "seq2seq";
  shape.layers = 1;
  shape.width = 16;
  shape.heads = 1;
  shape.context = 32;
  shape.dropout = 0;
  shape.tokenizer = "bytes";
  const auto model = transformer::Model::random(shape, transformer::Tokenizer::train("bytes", {}, 1), 1);
  std::vector<transformer::Pair> tokens;
  std::vector<transformer::TextPair> texts;
  for (const auto& pair : pairs) {
    tokens.push_back(transformer::tokens_of_pair(pair.source, pair.target, model.tokenizer()));
    texts.push_back({pair.source, pair.target});
  }
  transformer::TrainOptions options;
  options.steps = 3;
  options.batch = 2;
  const transformer::Corpus none;
  transformer::Trainer trainer(model, none, tokens, options);
  trainer.run();
  trainer.model().save(out);
  transformer::TrainedPairs(texts).save(out);
}

ExperimentHooks real_hooks() {
  ExperimentHooks hooks;
  hooks.train_translator = train_a_little;
  hooks.make_learner = [](const std::string& arm, const std::filesystem::path& life,
                          const ArmOptions& options) -> std::unique_ptr<reasoning::Learner> {
    if (arm == "parrot") return std::make_unique<Parrot>();
    return reasoning::make_learner(arm, {options.model, life, options.seed, {}, {}});
  };
  return hooks;
}

ExperimentOptions into(const std::filesystem::path& out) {
  ExperimentOptions options;
  options.out = out;
  return options;
}

}  // namespace

TEST_CASE("pairs are told one by one: metrics over all, by fifth and over the later half, and a report", "[pairs]") {
  const TemporaryFolder folder;
  const auto result = run_pair_experiment(invented({"translator{beam=1}", "parrot", "told{beam=1}"}), real_hooks(),
                                          into(folder / "out"));
  REQUIRE(result.finished);
  const json arms = result.results["arms"];
  CHECK(result.results["pairs"] == 30);
  for (const json& arm : arms) {
    INFO(arm.dump());
    CHECK(arm["by_part"].size() == 5);
    CHECK(arm["bleu"] >= 0);
    CHECK(arm["late_bleu"] >= 0);
    CHECK(arm["late_against"].size() == 2);
    CHECK(arm["against"].size() == 2);
  }
  CHECK(arms[1]["target_bits_per_char"] == Approx(2));
  CHECK(arms[1]["later_terms"] > 0);  // now and then a name comes twice in a row
  CHECK(arms[2]["target_bits_per_char"] < arms[0]["target_bits_per_char"]);
  CHECK(arms[2]["thoughts"] == 30);
  const std::string report = base::read_file(folder / "out/report.html");
  for (const char* part : {"Papineni", "by fifth of the stream", "chart_bleu", "Koehn 2004", "mean weights"})
    CHECK_THAT(report, Catch::Contains(part, Catch::CaseSensitive::No));
}

TEST_CASE("a model that was trained on a told pair, or of which nobody knows on what, stops the run", "[pairs]") {
  const TemporaryFolder folder;
  ExperimentConfig config = invented({"parrot"});
  const ToldPairs pairs = stream_kind("invented_pairs").read_pairs(config.stream, config.seed);
  train_a_little({}, {pairs.train[0], pairs.told[7]}, folder / "m.model");
  config.model.file = "m.model";
  config.model.path = folder / "m.model";
  CHECK_THROWS_WITH(run_pair_experiment(config, real_hooks(), into(folder / "a")),
                    Catch::Contains("pair 8 of the stream was in the training"));
  std::filesystem::remove(folder / "m.model.pairs");
  CHECK_THROWS_WITH(run_pair_experiment(config, real_hooks(), into(folder / "b")), Catch::Contains("m.model.pairs"));
}

TEST_CASE("a stopped run of pairs goes on with resume, and the end is the same", "[pairs]") {
  const TemporaryFolder folder;
  const auto config = invented({"translator{beam=1}", "knn{beam=1}", "told{beam=1}"});
  run_pair_experiment(config, real_hooks(), into(folder / "whole"));
  std::stop_source stop;
  auto options = into(folder / "parts");
  options.stop = stop.get_token();
  options.progress = [&](const Progress& progress) {
    if (progress.arm == "knn{beam=1}" && progress.experience == 2) stop.request_stop();
  };
  CHECK_FALSE(run_pair_experiment(config, real_hooks(), options).finished);
  options = into(folder / "parts");
  options.resume = true;
  REQUIRE(run_pair_experiment(config, real_hooks(), options).finished);
  for (const char* file : {"results.json", "against.csv", "told_beam_1_.txt"})
    CHECK(base::read_file(folder / ("parts/" + std::string(file))) ==
          base::read_file(folder / ("whole/" + std::string(file))));
}
