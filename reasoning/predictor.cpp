#include "reasoning/predictor.h"

#include <array>
#include <cmath>
#include <cstring>

#include "base/numbers.h"

namespace noema::reasoning {
namespace {

// The gate: how long a match there is, and how sure the transformer is of its best guess.
constexpr std::size_t kMatchSteps = 6;
constexpr std::size_t kPeakSteps = 5;

std::size_t match_step(std::size_t match) { return match <= 3 ? match : match <= 6 ? 4 : 5; }

std::size_t peak_step(double log_peak) {
  const double peak = std::exp(log_peak);
  return peak < 0.08 ? 0 : peak < 0.2 ? 1 : peak < 0.4 ? 2 : peak < 0.75 ? 3 : 4;
}

}  // namespace

Predictor::Predictor(std::size_t width, const PredictorOptions& options)
    : options_(options),
      width_(width),
      fast_(options.fast ? std::make_unique<FastStore>(width, options.fast_store) : nullptr),
      concept_store_(options.concept_store),
      mixture_(kExperts, kMatchSteps * kPeakSteps, options.mixture) {
  for (std::size_t e = 0; e < kExperts; ++e) left_out_[e] = options.without.contains(std::string(expert_name(e)));
}

std::string_view Predictor::expert_name(std::size_t index) {
  constexpr std::array<std::string_view, kExperts> kNames{"transformer",
                                                          "cache sharp",
                                                          "cache soft",
                                                          "recent units",
                                                          "lasting units",
                                                          "counts over root",
                                                          "counts over transformer",
                                                          "matches",
                                                          "learned transformer"};
  return kNames.at(index);
}

void Predictor::begin_line() { concept_store_.begin_line(); }

double Predictor::experience(const concepts::Graph& graph, const UnitReading& unit) {
  const double transformer = std::exp(-unit.nats);
  std::array<double, kExperts> probabilities;
  probabilities.fill(Mixture::kAbsent);
  probabilities[0] = transformer;
  std::size_t match = 0;
  if (fast_) {
    fast_->predict(unit, probabilities.data() + 1);
    fast_->store(unit);
  }
  if (options_.concepts) {
    const auto node = graph.find(unit.identity);
    const ConceptStore::Prediction prediction = concept_store_.predict(graph, node);
    for (std::size_t e = 0; e < ConceptStore::kExperts; ++e)
      probabilities[1 + FastStore::kExperts + e] =
          prediction.shares[e] * unit.writing_share + prediction.escapes[e] * transformer;
    match = prediction.match;
    concept_store_.advance(graph, node);
  }
  if (unit.learned_nats >= 0) probabilities.back() = std::exp(-unit.learned_nats);
  for (std::size_t e = 0; e < kExperts; ++e)
    if (left_out_[e]) probabilities[e] = Mixture::kAbsent;
  const std::size_t room = match_step(match) * kPeakSteps + peak_step(unit.peak);
  const double p = mixture_.predict_and_learn(room, probabilities);
  // An expert can be surer of a unit than doubles can say against; such a unit is still spelled by the transformer.
  return p > 0 ? -std::log2(p) : base::bits_of(unit.nats);
}

void Predictor::warm(const UnitReading& unit) {
  if (fast_) fast_->store(unit);
}

void Predictor::forget_recent() {
  if (fast_) fast_ = std::make_unique<FastStore>(width_, options_.fast_store);
}

std::string Predictor::state() const {
  std::vector<double> values = mixture_.state();
  const std::vector<double> matches = concept_store_.state();
  values.insert(values.end(), matches.begin(), matches.end());
  std::string bytes(values.size() * sizeof(double), '\0');
  std::memcpy(bytes.data(), values.data(), bytes.size());
  return bytes;
}

void Predictor::restore(std::string_view state) {
  const std::size_t weights = mixture_.state().size();
  std::vector<double> values(state.size() / sizeof(double));
  std::memcpy(values.data(), state.data(), values.size() * sizeof(double));
  if (values.size() != weights + concept_store_.state().size()) return;
  mixture_.restore({values.data(), weights});
  concept_store_.restore({values.data() + weights, values.size() - weights});
}

}  // namespace noema::reasoning
