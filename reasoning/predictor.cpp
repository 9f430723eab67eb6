#include "reasoning/predictor.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstring>

#include "base/error.h"
#include "base/numbers.h"

namespace noema::reasoning {
namespace {

constexpr std::size_t kFast = 1;
constexpr std::size_t kConcepts = kFast + FastStore::kExperts;
constexpr std::size_t kLearned = kConcepts + ConceptStore::kExperts;

// Features of the gate, by index; from kRecent on one an expert.
enum : std::size_t {
  kOne,
  kPeak,
  kTail,
  kLastNats,
  kLineBegins,
  kMass,
  kFocus,
  kSoftFocus,
  kFavourite,
  kMatch,
  kMatched,
  kEscape,
  kMatchEscape,
  kContext,
  kFollowed,
  kRecent
};

/// FNV-1a: the same on every machine.
std::size_t hash_of(std::string_view text) {
  std::uint64_t hash = 14695981039346656037U;
  for (const char byte : text) hash = (hash ^ static_cast<unsigned char>(byte)) * 1099511628211U;
  return hash;
}

/// The mean of -ln p over first tokens: the entropy, in the steps of the spread.
double entropy_of(const Spread& spread) {
  double sum = 0;
  for (std::size_t step = 0; step < Spread::kSteps; ++step)
    sum += double{spread.mass[step]} * 0.35 * (static_cast<double>(step) + 0.5);
  return sum;
}

}  // namespace

Predictor::Predictor(std::size_t width, const PredictorOptions& options)
    : options_(options),
      fast_(options.fast ? std::make_unique<FastStore>(width, options.fast_store) : nullptr),
      concept_store_(options.concept_store),
      mixture_(kExperts, kFeatures, kRooms, options.mixture) {
  static_assert(kRecent + kExperts == kFeatures && kLearned + 1 == kExperts);
  for (const std::string& name : options.without) {
    std::size_t e = 1;
    while (e < kExperts && expert_name(e) != name) ++e;
    if (e == kExperts) throw base::UsageError(fmt::format("there is no expert '{}' that could be left out", name));
    left_out_[e] = true;
  }
}

std::string_view Predictor::expert_name(std::size_t index) {
  constexpr std::array<std::string_view, kExperts> kNames{
      "transformer",  "cache sharp",        "cache medium",     "cache soft",
      "recent units", "lasting units",      "counts over root", "counts over transformer",
      "matches",      "learned transformer"};
  return kNames.at(index);
}

void Predictor::begin_line() {
  concept_store_.begin_line();
  line_begins_ = true;
}

void Predictor::ask_fast_store(const UnitReading& unit, Opinions& opinions, Features& features) {
  if (!fast_->empty()) {
    const FastStore::Prediction prediction = fast_->predict(unit);
    for (std::size_t e = 0; e < FastStore::kExperts; ++e) opinions[kFast + e] = {prediction.shares[e], 0, false};
    features[kMass] = std::max(prediction.mass + 3, -20.0) / 3;
    features[kFocus] = (std::log(prediction.focus + 1e-4) + 3) / 2;
    features[kSoftFocus] = (std::log(prediction.soft_focus + 1e-4) + 4) / 2;
    features[kFavourite] = 2 * prediction.favourite - 1;
  }
}

void Predictor::ask_concept_store(const concepts::Graph& graph, const UnitReading& unit, Opinions& opinions,
                                  Features& features) {
  const auto node = graph.find(unit.identity);
  const ConceptStore::Prediction prediction = concept_store_.predict(graph, node);
  for (std::size_t e = 0; e < ConceptStore::kExperts; ++e)
    opinions[kConcepts + e] = {prediction.shares[e] * unit.writing_share, prediction.escapes[e], false};
  features[kMatch] = std::min<double>(static_cast<double>(prediction.match), 8) / 4 - 0.5;
  features[kMatched] = prediction.match > 0 ? 1 : 0;
  features[kEscape] = 2 * prediction.escapes[1] - 1;
  features[kMatchEscape] = 2 * prediction.escapes[2] - 1;
  features[kContext] = static_cast<double>(prediction.context) / 2 - 1;
  features[kFollowed] = std::log1p(prediction.followed) / 4 - 1;
  concept_store_.advance(graph, node);
}

double Predictor::experience(const concepts::Graph& graph, const UnitReading& unit) {
  Opinions opinions;
  opinions.fill({0, 0, true});
  opinions[0] = {0, 1, false};
  Features features{};
  features[kOne] = 1;
  features[kPeak] = unit.peak;
  features[kTail] = entropy_of(unit.spread) / 3 - 1;
  features[kLastNats] = last_nats_ / 3 - 1;
  features[kLineBegins] = line_begins_ ? 1 : 0;
  for (std::size_t e = 0; e < kExperts; ++e) features[kRecent + e] = std::clamp(recent_[e], -2.0, 2.0);
  if (fast_) ask_fast_store(unit, opinions, features);
  if (options_.concepts) ask_concept_store(graph, unit, opinions, features);
  if (unit.learned_nats >= 0) {
    const double learned = std::exp(-unit.learned_nats);
    opinions[kLearned] = {learned, 0, false};
    for (std::size_t e = kFast; e < kLearned; ++e)  // it spells what the stores leave
      opinions[e] = {opinions[e].share + opinions[e].escape * learned, 0, opinions[e].absent};
  }
  for (std::size_t e = 0; e < kExperts; ++e)
    if (left_out_[e]) opinions[e] = {0, 0, true};
  const Mixture::Situation situation{features, line_begins_ ? 0 : room_};
  const Mixture::Weights weights = mixture_.weights(situation, opinions);
  const double transformer = std::exp(-unit.nats);
  double given = 0, taken = 1;
  for (std::size_t e = 0; e < kExperts; ++e) {
    given += weights[e] * opinions[e].share;
    taken -= weights[e] * opinions[e].escape;
  }
  const double p = given + kept_share(unit, std::clamp(taken, 0.0, 1.0), options_.payers) * transformer;
  mixture_.learn(situation, opinions, weights, transformer);
  remember(unit, opinions);
  // Experts can be surer of a unit than doubles can say against; such a unit is still spelled by the transformer.
  return p > 0 ? -std::log2(p) : base::bits_of(unit.nats);
}

/// What the next unit's features say of this one.
void Predictor::remember(const UnitReading& unit, const Opinions& opinions) {
  constexpr double kFading = 0.95;
  if (fast_) fast_->store(unit);
  const double transformer = std::exp(-unit.nats);
  for (std::size_t e = 1; e < kExperts; ++e) {
    const double p = 0.9 * (opinions[e].share + opinions[e].escape * transformer) + 0.1 * transformer;
    const double won = opinions[e].absent || !(p > 0) ? 0 : std::log(p) + unit.nats;
    recent_[e] = kFading * recent_[e] + (1 - kFading) * won;
  }
  last_nats_ = unit.nats;
  room_ = hash_of(unit.identity) % kRooms;
  line_begins_ = false;
}

void Predictor::warm(const UnitReading& unit) {
  if (fast_) fast_->store(unit);
}

std::string Predictor::state() const {
  const std::vector<float> weights = mixture_.state();
  std::vector<double> counts = concept_store_.state();
  counts.insert(counts.end(), recent_.begin(), recent_.end());
  const std::size_t first = weights.size() * sizeof(float);
  std::string bytes(first + counts.size() * sizeof(double), '\0');
  std::memcpy(bytes.data(), weights.data(), first);
  std::memcpy(bytes.data() + first, counts.data(), bytes.size() - first);
  return bytes;
}

void Predictor::restore(std::string_view state) {
  std::vector<float> weights = mixture_.state();
  std::vector<double> counts(concept_store_.state().size() + kExperts);
  const std::size_t first = weights.size() * sizeof(float);
  if (state.size() != first + counts.size() * sizeof(double)) return;
  std::memcpy(weights.data(), state.data(), first);
  std::memcpy(counts.data(), state.data() + first, state.size() - first);
  mixture_.restore(weights);
  concept_store_.restore({counts.data(), counts.size() - kExperts});
  std::copy(counts.end() - static_cast<std::ptrdiff_t>(kExperts), counts.end(), recent_.begin());
}

}  // namespace noema::reasoning
