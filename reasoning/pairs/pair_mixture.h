#pragma once
// A translator and experts beside it, mixed token by token: p(t) = sum over voices v of w_v (share_v(t) + escape_v
// p_translator(t)). The weights w come from the gate of mixture.h, which learns online from told targets alone. Beam
// search uses it as it uses any hypotheses.

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "reasoning/mixture.h"
#include "reasoning/pairs/pair_expert.h"
#include "transformer/hypotheses.h"

namespace noema::reasoning {

struct PairMixtureOptions {
  int slots = 4;
  std::vector<std::string> experts;  ///< names of the registry, in the order in which they are mixed
  bool translator = true;            ///< false: it is left out, and one of the experts must always speak
  std::uint64_t seed = 1;
  double rate = 3e-4;     ///< of experts that learn by gradient
  bool practises = true;  ///< keeps told pairs to practise them
  MixtureOptions gate{0.02, 0.02, 0.9999, 3};
};

class PairMixture final : public transformer::Hypotheses {
 public:
  /// The model must outlive it. Throws Error for a model that was trained on text alone.
  PairMixture(const transformer::Model& model, const PairMixtureOptions& options);

  std::span<const float> begin(int slot, std::span<const transformer::Token> source) override;
  std::span<const float> step(std::span<const int> slots, std::span<const transformer::Token> tokens) override;
  void copy(int from, int to) override;
  std::span<const float> hidden(int slot) const override { return reader_->hidden(slot); }
  std::span<const float> attention(int slot) const override { return reader_->attention(slot); }

  /// A pair is told: bits of each token of its target, each before gate and experts learn it. Tokens for which the
  /// context has no room are left out. Uses slot 0.
  std::vector<double> tell(const transformer::Pair& pair);
  /// Practises so many pairs in each expert that practises; returns how many that were.
  std::uint64_t think(std::uint64_t pairs);

  /// Of the voices, the translator first: their names, and the mean weight of each over the tokens told so far.
  const std::vector<std::string>& voices() const { return names_; }
  std::vector<double> mean_weights() const;
  std::uint64_t bytes() const;
  std::uint64_t concepts() const;
  std::uint64_t relations() const;

 private:
  struct Slot {
    std::vector<transformer::Token> source, target;
    std::vector<float> log_probabilities;  // the translator's
  };
  struct Member {
    const PairExpertKind* kind;
    std::unique_ptr<PairExpert> expert;
    std::size_t first_voice, first_feature;
  };
  PairMoment moment_of(int slot) const;
  void ask(int slot);
  void mix(int slot, std::span<float> log_p);
  double told_probability(transformer::Token token);

  const transformer::Model& model_;
  PairMixtureOptions options_;
  std::size_t vocabulary_;
  std::unique_ptr<transformer::Hypotheses> reader_;
  std::vector<Member> members_;
  std::vector<std::string> names_;
  std::unique_ptr<Mixture> gate_;
  std::vector<Slot> slots_;
  // Of the latest prediction:
  std::vector<PairVoice> said_;
  std::vector<double> features_;
  std::vector<Opinion> opinions_;
  Mixture::Weights weights_{};
  std::vector<float> mixed_, rows_;
  std::vector<double> weight_sums_;
  std::uint64_t told_ = 0;
};

}  // namespace noema::reasoning
