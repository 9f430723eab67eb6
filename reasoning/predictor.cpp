#include "reasoning/predictor.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "base/numbers.h"
#include "reasoning/experts/first_format.h"

namespace noema::reasoning {
namespace {

constexpr std::size_t kBuckets = first_format::kBuckets;
constexpr std::string_view kMark = "noema predictor 2\n";  // begins a state with names

/// FNV-1a: the same on every machine.
std::size_t hash_of(std::string_view text) {
  std::uint64_t hash = 14695981039346656037U;
  for (const char byte : text) hash = (hash ^ static_cast<unsigned char>(byte)) * 1099511628211U;
  return hash;
}

std::vector<std::string> voices_of(const std::vector<ExpertKind>& kinds) {
  std::vector<std::string> names;
  for (const ExpertKind& kind : kinds) names.insert(names.end(), kind.voices.begin(), kind.voices.end());
  return names;
}

/// Those of the first format in its order, then all others.
std::vector<std::string> features_of(const std::vector<ExpertKind>& kinds) {
  std::vector<std::string> wanted{"one", "line begins"};
  for (const ExpertKind& kind : kinds) wanted.insert(wanted.end(), kind.features.begin(), kind.features.end());
  for (const std::string& voice : voices_of(kinds)) wanted.push_back(first_format::recent_gain_of(voice));
  std::vector<std::string> ordered;
  const auto take = [&](const std::string& name) {
    if (std::find(wanted.begin(), wanted.end(), name) != wanted.end() &&
        std::find(ordered.begin(), ordered.end(), name) == ordered.end())
      ordered.push_back(name);
  };
  for (const std::string& name : first_format::features()) take(name);
  for (const std::string& voice : first_format::voices()) take(first_format::recent_gain_of(voice));
  for (const std::string& name : std::vector<std::string>(wanted)) take(name);
  return ordered;
}

std::size_t index_of(const std::vector<std::string>& names, const std::string& name) {
  return static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
}

std::string marked(const nlohmann::json& state) {
  std::string bytes(kMark);
  nlohmann::json::to_msgpack(state, nlohmann::detail::output_adapter<char>(bytes));
  return bytes;
}

nlohmann::json unmarked(std::string_view bytes) {
  const std::string_view packed_state = bytes.substr(kMark.size());
  nlohmann::json state = nlohmann::json::from_msgpack(packed_state.begin(), packed_state.end(), true, false);
  if (!state.is_object())
    throw base::Error("the weights of the experts in this life are damaged; run `noema check`, or go back to a backup");
  return state;
}

}  // namespace

Predictor::Predictor(std::size_t width, const PredictorOptions& options, const std::vector<ExpertKind>& kinds)
    : options_(options),
      voices_(voices_of(kinds)),
      features_(features_of(kinds)),
      left_out_(voices_.size()),
      mixture_(voices_.size(), features_.size(), kBuckets, options.mixture),
      recent_gain_(voices_.size()),
      opinions_(voices_.size()),
      feature_values_(features_.size()) {
  for (const std::string& name : options.without) {
    const std::size_t voice = index_of(voices_, name);
    if (voice == 0 || voice == voices_.size())
      throw base::UsageError(fmt::format("there is no expert '{}' that could be left out; there are {}", name,
                                         fmt::join(voices_.begin() + 1, voices_.end(), ", ")));
    left_out_[voice] = true;
  }
  line_begins_feature_ = index_of(features_, "line begins");
  for (const std::string& name : voices_)
    gain_features_.push_back(index_of(features_, first_format::recent_gain_of(name)));
  std::size_t voice = 0;
  for (const ExpertKind& kind : kinds) {
    Seat seat{&kind, nullptr, voice, {}};
    if (options.graph || !kind.reads_graph) seat.expert = kind.make({width, options.max_bytes});
    for (const std::string& feature : kind.features) seat.features.push_back(index_of(features_, feature));
    voice += kind.voices.size();
    seats_.push_back(std::move(seat));
  }
}

void Predictor::begin_line() {
  history_.clear();
  line_begins_ = true;
  for (const Seat& seat : seats_)
    if (seat.expert) seat.expert->begin_line();
}

double Predictor::experience(const concepts::Graph& graph, const UnitReading& unit,
                             const concepts::facts::FactLayer* facts) {
  const std::optional<concepts::ConceptId> node =
      options_.graph ? graph.find(unit.identity) : std::optional<concepts::ConceptId>();
  const Moment before{graph, unit, node, history_, facts};
  ask(before);
  spell_escapes(before);
  const double bits = mix(before);
  history_.push_back(node.value_or(concepts::kInside));
  remember({graph, unit, node, history_, facts});
  return bits;
}

void Predictor::ask(const Moment& moment) {
  std::fill(opinions_.begin(), opinions_.end(), Opinion{0, 0, true});
  std::fill(feature_values_.begin(), feature_values_.end(), 0.0);
  feature_values_[0] = 1;
  feature_values_[line_begins_feature_] = line_begins_ ? 1 : 0;
  std::vector<double> values;
  for (const Seat& seat : seats_) {
    if (!seat.expert) continue;
    values.assign(seat.features.size(), 0);
    seat.expert->predict(moment, std::span(opinions_).subspan(seat.first_voice, seat.kind->voices.size()), values);
    for (std::size_t f = 0; f < values.size(); ++f) feature_values_[seat.features[f]] = values[f];
  }
  for (std::size_t v = 0; v < voices_.size(); ++v)
    feature_values_[gain_features_[v]] = std::clamp(recent_gain_[v], -2.0, 2.0);
}

/// If an expert spells unknown units, the others leave them to it; the transformer stays as it is.
void Predictor::spell_escapes(const Moment& moment) {
  for (const Seat& speller : seats_) {
    const auto p = speller.expert ? speller.expert->spelling(moment) : std::nullopt;
    if (!p) continue;
    for (const Seat& seat : seats_) {
      if (&seat == &seats_.front() || &seat == &speller) continue;
      for (std::size_t v = seat.first_voice; v < seat.first_voice + seat.kind->voices.size(); ++v)
        opinions_[v] = {opinions_[v].share + opinions_[v].escape * *p, 0, opinions_[v].absent};
    }
    return;
  }
}

double Predictor::mix(const Moment& moment) {
  const UnitReading& unit = moment.unit;
  for (std::size_t v = 0; v < voices_.size(); ++v)
    if (left_out_[v]) opinions_[v] = {0, 0, true};
  const Mixture::Situation situation{feature_values_, line_begins_ ? 0 : bucket_};
  const Mixture::Weights weights = mixture_.weights(situation, opinions_);
  const double transformer = std::exp(-unit.nats);
  double given = 0, taken = 1;
  for (std::size_t v = 0; v < voices_.size(); ++v) {
    given += weights[v] * opinions_[v].share;
    taken -= weights[v] * opinions_[v].escape;
  }
  const double p = given + kept_share(unit, std::clamp(taken, 0.0, 1.0), options_.taxed) * transformer;
  mixture_.learn(situation, opinions_, weights, transformer);
  // Where the probability underflows the transformer spells the unit alone.
  return p > 0 ? -std::log2(p) : base::bits_of(unit.nats);
}

/// Learns from the unit: experts, and the features that the next unit's gate will see.
void Predictor::remember(const Moment& moment) {
  constexpr double kFading = 0.95;
  const UnitReading& unit = moment.unit;
  for (const Seat& seat : seats_) {
    if (!seat.expert) continue;
    seat.expert->learn(moment);
    seat.expert->store(unit);
  }
  const double transformer = std::exp(-unit.nats);
  for (std::size_t v = 1; v < voices_.size(); ++v) {
    const double p = 0.9 * (opinions_[v].share + opinions_[v].escape * transformer) + 0.1 * transformer;
    const double gained = opinions_[v].absent || !(p > 0) ? 0 : std::log(p) + unit.nats;
    recent_gain_[v] = kFading * recent_gain_[v] + (1 - kFading) * gained;
  }
  bucket_ = hash_of(unit.identity) % kBuckets;
  line_begins_ = false;
}

void Predictor::warm(const UnitReading& unit) {
  for (const Seat& seat : seats_)
    if (seat.expert) seat.expert->store(unit);
}

void Predictor::forget_recent() {
  for (const Seat& seat : seats_)
    if (seat.expert) seat.expert->forget_states();
}

std::uint64_t Predictor::bytes() const {
  std::uint64_t sum = 0;
  for (const Seat& seat : seats_) sum += seat.expert ? seat.expert->bytes() : 0;
  return sum;
}

nlohmann::json Predictor::gate_state() const {
  nlohmann::json gate = nlohmann::json::object();
  for (std::size_t v = 0; v < voices_.size(); ++v) {
    nlohmann::json& voice = gate[voices_[v]];
    for (std::size_t f = 0; f < features_.size(); ++f) {
      const Mixture::Parameter& parameter = mixture_.of_feature(f, v);
      voice["features"][features_[f]] = {parameter.value, parameter.squares};
    }
    std::vector<float> buckets;
    for (std::size_t b = 0; b < kBuckets; ++b) {
      buckets.push_back(mixture_.of_bucket(b, v).value);
      buckets.push_back(mixture_.of_bucket(b, v).squares);
    }
    voice["buckets"] = packed(buckets);
    voice["recent gain"] = recent_gain_[v];
  }
  return gate;
}

void Predictor::restore_gate(const nlohmann::json& gate) {
  for (std::size_t v = 0; v < voices_.size(); ++v) {
    const auto voice = gate.find(voices_[v]);
    if (voice == gate.end() || !voice->is_object()) continue;
    const nlohmann::json features = voice->value("features", nlohmann::json::object());
    for (std::size_t f = 0; f < features_.size(); ++f) {
      const auto pair = features.find(features_[f]);
      if (pair != features.end() && pair->is_array() && pair->size() == 2)
        mixture_.of_feature(f, v) = {pair->at(0).get<float>(), pair->at(1).get<float>()};
    }
    const auto buckets = unpacked<float>(voice->value("buckets", nlohmann::json()));
    for (std::size_t b = 0; 2 * b + 1 < buckets.size() && b < kBuckets; ++b)
      mixture_.of_bucket(b, v) = {buckets[2 * b], buckets[2 * b + 1]};
    recent_gain_[v] = voice->value("recent gain", 0.0);
  }
}

nlohmann::json Predictor::learned() const {
  nlohmann::json state{{"gate", gate_state()}, {"experts", nlohmann::json::object()}};
  for (const Seat& seat : seats_) {
    nlohmann::json expert = seat.expert ? seat.expert->learned() : nlohmann::json();
    if (!expert.is_null()) state["experts"][seat.kind->voices.front()] = std::move(expert);
  }
  return state;
}

void Predictor::restore_learned(const nlohmann::json& state) {
  restore_gate(state.value("gate", nlohmann::json::object()));
  const nlohmann::json experts = state.value("experts", nlohmann::json::object());
  for (const Seat& seat : seats_) {
    const auto expert = experts.find(seat.kind->voices.front());
    if (seat.expert && expert != experts.end()) seat.expert->restore(*expert);
  }
}

std::string Predictor::state() const { return marked(learned()); }

void Predictor::restore(std::string_view state) {
  if (state.substr(0, kMark.size()) == kMark) {
    restore_learned(unmarked(state));
  } else if (const auto named = first_format::read(state)) {
    restore_learned(*named);
  }  // else it is of a predictor whose experts had other features: nothing of it has a meaning here
}

}  // namespace noema::reasoning
