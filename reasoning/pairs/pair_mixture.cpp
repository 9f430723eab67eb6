#include "reasoning/pairs/pair_mixture.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "reasoning/pairs/registry.h"
#include "transformer/architecture.h"
#include "transformer/sampler.h"

namespace noema::reasoning {
namespace {

using transformer::Token;

constexpr std::size_t kOwnFeatures = 4;  // one, the translator's certainty, first token, how much was told

const transformer::Model& require_pairs(const transformer::Model& model) {
  if (model.options().pairs.empty())
    throw base::Error("the model was trained on text alone; expected one trained on pairs: noema train --pairs FILE");
  return model;
}

}  // namespace

PairMixture::PairMixture(const transformer::Model& model, const PairMixtureOptions& options)
    : model_(require_pairs(model)),
      options_(options),
      vocabulary_(static_cast<std::size_t>(model.tokenizer().size())),
      reader_(make_hypotheses(model, options.slots)),
      names_{"translator"},
      slots_(static_cast<std::size_t>(options.slots)) {
  std::size_t features = kOwnFeatures;
  for (const std::string& name : options.experts) {
    const PairExpertKind* kind = find_pair_expert(name);
    base::check(kind != nullptr, "PairMixture: an unknown expert");
    members_.push_back({kind, kind->make({&model, options.slots, options.seed, options.rate, options.practises}),
                        names_.size(), features});
    names_.insert(names_.end(), kind->voices.begin(), kind->voices.end());
    features += kind->features.size();
  }
  said_.resize(names_.size());
  for (PairVoice& voice : said_) voice.shares.resize(vocabulary_);
  features_.resize(features);
  opinions_.resize(names_.size());
  weight_sums_.resize(names_.size());
  gate_ = std::make_unique<Mixture>(names_.size(), features, 1, options.gate);
}

PairMoment PairMixture::moment_of(int slot) const {
  const Slot& own = slots_[static_cast<std::size_t>(slot)];
  return {own.source, own.target, reader_->hidden(slot), reader_->attention(slot), own.log_probabilities};
}

/// What all voices say of a slot's next token, and the weights that they have.
void PairMixture::ask(int slot) {
  const PairMoment moment = moment_of(slot);
  std::fill(features_.begin(), features_.end(), 0.0);
  float highest = -1e30F;
  for (const float log_p : moment.log_probabilities) highest = std::max(highest, log_p);
  features_[0] = 1;
  features_[1] = 2 * std::exp(double{highest}) - 1;
  features_[2] = moment.target.empty() ? 1 : 0;
  features_[3] = std::log1p(static_cast<double>(told_)) / 12;
  for (const Member& member : members_) {
    const std::span voices(said_.data() + member.first_voice, member.kind->voices.size());
    for (PairVoice& voice : voices) {
      std::fill(voice.shares.begin(), voice.shares.end(), 0.0F);
      voice.escape = 0;
      voice.absent = true;
    }
    member.expert->predict(slot, moment, voices,
                           std::span(features_).subspan(member.first_feature, member.kind->features.size()));
  }
  said_[0].escape = 1;
  said_[0].absent = !options_.translator;
  for (std::size_t v = 0; v < said_.size(); ++v) opinions_[v].absent = said_[v].absent;
  weights_ = gate_->weights({features_, 0}, opinions_);
}

void PairMixture::mix(int slot, std::span<float> log_p) {
  ask(slot);
  double escape = 0;
  for (std::size_t v = 0; v < said_.size(); ++v)
    if (!said_[v].absent) escape += weights_[v] * said_[v].escape;
  const auto& own = slots_[static_cast<std::size_t>(slot)].log_probabilities;
  mixed_.resize(vocabulary_);
  for (std::size_t t = 0; t < vocabulary_; ++t) mixed_[t] = static_cast<float>(escape) * std::exp(own[t]);
  for (std::size_t v = 1; v < said_.size(); ++v) {
    if (said_[v].absent) continue;
    const auto weight = static_cast<float>(weights_[v]);
    for (std::size_t t = 0; t < vocabulary_; ++t) mixed_[t] += weight * said_[v].shares[t];
  }
  for (std::size_t t = 0; t < vocabulary_; ++t) log_p[t] = std::log(mixed_[t]);
}

std::span<const float> PairMixture::begin(int slot, std::span<const Token> source) {
  Slot& own = slots_[static_cast<std::size_t>(slot)];
  own.source.assign(source.begin(), source.end());
  own.target.clear();
  const auto row = reader_->begin(slot, source);
  own.log_probabilities.assign(row.begin(), row.end());
  for (const Member& member : members_) member.expert->begin(slot, source);
  rows_.resize(vocabulary_);
  mix(slot, rows_);
  return rows_;
}

std::span<const float> PairMixture::step(std::span<const int> slots, std::span<const Token> tokens) {
  const auto rows = reader_->step(slots, tokens);
  for (std::size_t i = 0; i < slots.size(); ++i) {
    Slot& own = slots_[static_cast<std::size_t>(slots[i])];
    own.target.push_back(tokens[i]);
    const auto row = rows.subspan(i * vocabulary_, vocabulary_);
    own.log_probabilities.assign(row.begin(), row.end());
  }
  for (const Member& member : members_) member.expert->read(slots, tokens);
  rows_.resize(slots.size() * vocabulary_);
  for (std::size_t i = 0; i < slots.size(); ++i) mix(slots[i], std::span(rows_).subspan(i * vocabulary_, vocabulary_));
  return rows_;
}

void PairMixture::copy(int from, int to) {
  reader_->copy(from, to);
  slots_[static_cast<std::size_t>(to)] = slots_[static_cast<std::size_t>(from)];
  for (const Member& member : members_) member.expert->copy(from, to);
}

/// p of a token by what was said of slot 0, of which the gate then learns.
double PairMixture::told_probability(Token token) {
  const double translator = std::exp(double{slots_[0].log_probabilities[static_cast<std::size_t>(token)]});
  double p = 0;
  for (std::size_t v = 0; v < said_.size(); ++v) {
    opinions_[v] = {double{said_[v].shares[static_cast<std::size_t>(token)]}, said_[v].escape, said_[v].absent};
    if (said_[v].absent) continue;
    p += weights_[v] * (opinions_[v].share + opinions_[v].escape * translator);
    weight_sums_[v] += weights_[v];
  }
  if (names_.size() > 1) gate_->learn({features_, 0}, opinions_, weights_, translator);
  return p;
}

std::vector<double> PairMixture::tell(const transformer::Pair& pair) {
  const auto context = static_cast<std::size_t>(model_.context());
  const std::size_t source = std::min(pair.source.size(), transformer::source_room(context, pair.target.size()));
  const std::size_t room = context - source - 1;
  const std::span kept = std::span(pair.target).first(std::min(pair.target.size(), room));
  std::vector<double> bits;
  begin(0, std::span(pair.source).first(source));
  for (std::size_t i = 0; i < kept.size(); ++i) {
    const int slot = 0;
    if (i > 0) step({&slot, 1}, {&kept[i - 1], 1});
    bits.push_back(-std::log2(std::max(1e-300, told_probability(kept[i]))));
    const PairMoment moment = moment_of(0);
    for (const Member& member : members_) member.expert->learn(moment, kept[i]);
    ++told_;
  }
  for (const Member& member : members_) member.expert->store(pair);
  return bits;
}

std::uint64_t PairMixture::think(std::uint64_t pairs) {
  std::uint64_t done = 0;
  for (const Member& member : members_) done += member.expert->think(pairs);
  return done;
}

std::vector<double> PairMixture::mean_weights() const {
  std::vector<double> means = weight_sums_;
  for (double& mean : means) mean /= static_cast<double>(std::max<std::uint64_t>(1, told_));
  return means;
}

std::uint64_t PairMixture::bytes() const {
  std::uint64_t bytes = 0;
  for (const Member& member : members_) bytes += member.expert->bytes();
  return bytes;
}

std::uint64_t PairMixture::concepts() const {
  std::uint64_t count = 0;
  for (const Member& member : members_) count += member.expert->concepts();
  return count;
}

std::uint64_t PairMixture::relations() const {
  std::uint64_t count = 0;
  for (const Member& member : members_) count += member.expert->relations();
  return count;
}

}  // namespace noema::reasoning
