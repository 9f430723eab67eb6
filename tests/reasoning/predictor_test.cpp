#include "reasoning/predictor.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <cstring>
#include <numeric>

#include "base/error.h"
#include "tests/reasoning/lives.h"

using namespace noema;
using reasoning::Predictor;
using reasoning::PredictorOptions;

namespace {

/// Bits that a predictor says for lines that the graph learns as they are read.
std::vector<double> bits_of(const transformer::Model& model, Predictor& predictor, double learned_nats = -1) {
  reasoning::Reader reader(model);
  concepts::Graph graph;
  concepts::facts::FactLayer facts;
  std::vector<double> bits;
  std::int64_t told = 0;
  for (const std::string& text : tests::small_world(1, 60)) {
    std::vector<concepts::ConceptId> units;
    std::vector<std::string> identities;
    predictor.begin_line();
    for (auto& unit : reader.read(text)) {
      unit.learned_nats = learned_nats;
      bits.push_back(predictor.experience(graph, unit, &facts));
      if (unit.identity == "\n") continue;
      units.push_back(graph.perceive_unit(unit.identity, unit.surface));
      identities.push_back(unit.identity);
    }
    graph.attach(units);
    facts.think(facts.learn_words(identities), ++told);
  }
  return bits;
}

double sum(const std::vector<double>& bits) { return std::accumulate(bits.begin(), bits.end(), 0.0); }

}  // namespace

TEST_CASE("each expert but the transformer can be left out, and is missed by nobody else") {
  const auto model = tests::small_model();
  const auto width = static_cast<std::size_t>(model.width());
  Predictor whole(width);
  const auto with_all = bits_of(model, whole, 0.1);
  PredictorOptions none;
  for (const std::string& voice : reasoning::voice_names()) {
    if (voice == "transformer") continue;
    PredictorOptions options;
    options.without = {voice};
    none.without.insert(options.without.begin(), options.without.end());
    Predictor without(width, options);
    CHECK(bits_of(model, without, 0.1) != with_all);
  }
  // Without any of them the mixture is the transformer.
  Predictor alone(width, none);
  reasoning::Reader reader(model);
  std::vector<double> transformer;
  for (const std::string& text : tests::small_world(1, 60))
    for (const auto& unit : reader.read(text)) transformer.push_back(unit.nats / std::log(2));
  const auto bits = bits_of(model, alone);
  REQUIRE(bits.size() == transformer.size());
  for (std::size_t i = 0; i < bits.size(); ++i) CHECK(bits[i] == Approx(transformer[i]).epsilon(1e-9));

  PredictorOptions unknown;
  unknown.without = {"oracle"};
  CHECK_THROWS_AS(Predictor(width, unknown), base::UsageError);
}

TEST_CASE("the learned transformer is one more expert, and the stores' escapes are spelled by it") {
  const auto model = tests::small_model();
  Predictor plain(static_cast<std::size_t>(model.width())), taught(static_cast<std::size_t>(model.width()));
  CHECK(sum(bits_of(model, taught, 0.1)) < 0.7 * sum(bits_of(model, plain)));
}

TEST_CASE("a predictor that is kept and restored goes on as it was") {
  const auto model = tests::small_model();
  const auto width = static_cast<std::size_t>(model.width());
  Predictor one(width), other(width);
  bits_of(model, one);
  other.restore("of another shape");
  CHECK(other.state() != one.state());
  other.restore(one.state());
  CHECK(other.state() == one.state());
}

namespace {

/// An expert that says of every unit what it was told to.
class Parrot final : public reasoning::Expert {
 public:
  void predict(const reasoning::Moment&, std::span<reasoning::Opinion> opinions, std::span<double> features) override {
    opinions[0] = {0.01, 0, false};
    features[0] = 0.5;
  }
  nlohmann::json learned() const override { return "said"; }
};

reasoning::ExpertKind parrot() {
  return {"a parrot", {"parrot"}, {"parrot's mood"}, false, [](const reasoning::ExpertSettings&) {
            return std::unique_ptr<reasoning::Expert>(std::make_unique<Parrot>());
          }};
}

/// The gate's part of a state: by voice.
nlohmann::json gate_of(const Predictor& predictor) {
  const std::string state = predictor.state();
  return nlohmann::json::from_msgpack(state.begin() + static_cast<std::ptrdiff_t>(state.find('\n') + 1), state.end())
      .at("gate");
}

}  // namespace

TEST_CASE("adding an expert, or removing one, discards nothing that the others and the mixture learned") {
  const auto model = tests::small_model();
  const auto width = static_cast<std::size_t>(model.width());
  Predictor before(width);
  bits_of(model, before);
  auto kinds = reasoning::expert_kinds();
  kinds.insert(kinds.begin() + 2, parrot());
  Predictor more(width, {}, kinds);
  more.restore(before.state());
  const auto was = gate_of(before), is = gate_of(more);
  for (const std::string& voice : reasoning::voice_names()) {
    CHECK(is[voice]["buckets"] == was[voice]["buckets"]);
    for (const auto& [feature, value] : was[voice]["features"].items()) CHECK(is[voice]["features"][feature] == value);
    CHECK(is[voice]["recent gain"] == was[voice]["recent gain"]);
  }
  // And back: without the expert the state is what it was.
  Predictor again(width);
  again.restore(more.state());
  CHECK(again.state() == before.state());
}

TEST_CASE("the unnamed state of the first format is read for good") {
  // 25 features and 1024 buckets of 10 voices as pairs of floats, then hits, trials and gains as doubles.
  std::vector<float> weights(2 * (25 + 1024) * 10);
  std::vector<double> counts(33 + 33 + 10);
  for (std::size_t i = 0; i < weights.size(); ++i) weights[i] = static_cast<float>(i % 1013) / 64;
  for (std::size_t i = 0; i < counts.size(); ++i) counts[i] = static_cast<double>(i);
  std::string bytes(weights.size() * sizeof(float), '\0');
  std::memcpy(bytes.data(), weights.data(), bytes.size());
  bytes.append(reinterpret_cast<const char*>(counts.data()), counts.size() * sizeof(double));
  Predictor predictor(16);
  predictor.restore(bytes);
  const auto gate = gate_of(predictor);
  const auto weight = [&](std::size_t row, std::size_t voice) { return double{weights[2 * (10 * row + voice)]}; };
  CHECK(gate["transformer"]["features"]["one"][0] == weight(0, 0));
  CHECK(gate["matches"]["features"]["match escape"][0] == weight(12, 8));
  CHECK(gate["cache soft"]["features"]["recent gain of learned transformer"][0] == weight(24, 3));
  CHECK(reasoning::unpacked<float>(gate["recent units"]["buckets"])[2 * 7] == static_cast<float>(weight(25 + 7, 4)));
  CHECK(gate["lasting units"]["recent gain"] == 66 + 5);
}

TEST_CASE("a damaged state of the experts is refused, not dropped") {
  Predictor predictor(16);
  const std::string state = predictor.state();
  CHECK_THROWS_AS(predictor.restore(state.substr(0, state.size() / 2)), base::Error);
}
