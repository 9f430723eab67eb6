#include "reasoning/predictor.h"

#include <catch2/catch.hpp>
#include <cmath>
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
  std::vector<double> bits;
  for (const std::string& text : tests::small_world(1, 60)) {
    std::vector<concepts::ConceptId> units;
    predictor.begin_line();
    for (auto& unit : reader.read(text)) {
      unit.learned_nats = learned_nats;
      bits.push_back(predictor.experience(graph, unit));
      if (unit.identity != "\n") units.push_back(graph.perceive_unit(unit.identity, unit.surface));
    }
    graph.attach(units);
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
  for (std::size_t e = 1; e < Predictor::kExperts; ++e) {
    PredictorOptions options;
    options.without = {std::string(Predictor::expert_name(e))};
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
