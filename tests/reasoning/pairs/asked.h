#pragma once
// A pair expert alone, and what it says of a moment.

#include <cmath>
#include <memory>
#include <vector>

#include "reasoning/pairs/pair_expert.h"
#include "tests/reasoning/pairs/translators.h"

namespace noema::tests {

struct Asked {
  std::unique_ptr<reasoning::PairExpert> expert;
  std::vector<reasoning::PairVoice> voices;
  std::vector<double> features;

  Asked(const reasoning::PairExpertKind& kind, const transformer::Model& model, std::uint64_t seed = 1,
        bool practises = true)
      : expert(kind.make({&model, 2, seed, 1e-2, practises})),
        voices(kind.voices.size()),
        features(kind.features.size()),
        vocabulary_(static_cast<std::size_t>(model.tokenizer().size())) {}

  void ask(const reasoning::PairMoment& moment, int slot = 0) {
    for (reasoning::PairVoice& voice : voices) voice = {std::vector<float>(vocabulary_, 0), 0, true};
    features.assign(features.size(), 0);
    expert->predict(slot, moment, voices, features);
  }
  float share(transformer::Token token, std::size_t voice = 0) const {
    return voices[voice].shares[static_cast<std::size_t>(token)];
  }

 private:
  std::size_t vocabulary_;
};

/// ln p of a translator that holds all tokens for equally likely.
inline std::vector<float> equal_log_probabilities(const transformer::Model& model) {
  const auto vocabulary = static_cast<std::size_t>(model.tokenizer().size());
  return std::vector<float>(vocabulary, -std::log(static_cast<float>(vocabulary)));
}

}  // namespace noema::tests
