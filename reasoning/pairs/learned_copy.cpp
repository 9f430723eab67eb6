#include "reasoning/pairs/learned_copy.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "base/rng.h"
#include "transformer/architecture.h"
#include "transformer/pair_learner.h"

namespace noema::reasoning {
namespace {

using transformer::Pair;
using transformer::Token;

constexpr std::size_t kPractised = 8;  // pairs in one step of practice

/// Learns each told pair by one step; thinking practises told pairs again, drawn with replacement, eight in a step
/// (experience replay, Robins 1995).
class LearnedCopy final : public PairExpert {
 public:
  explicit LearnedCopy(const PairExpertSettings& settings)
      : learner_(*settings.model, static_cast<int>(kPractised), options_of(settings)),
        reader_(make_hypotheses(learner_.model(), settings.slots)),
        vocabulary_(static_cast<std::size_t>(settings.model->tokenizer().size())),
        practises_(settings.practises),
        rng_(base::Rng(settings.seed).fork("practice of told pairs")) {}

  void begin(int slot, std::span<const Token> source) override { keep(slot, reader_->begin(slot, source)); }
  void read(std::span<const int> slots, std::span<const Token> tokens) override {
    const auto rows = reader_->step(slots, tokens);
    for (std::size_t i = 0; i < slots.size(); ++i) keep(slots[i], rows.subspan(i * vocabulary_, vocabulary_));
  }
  void copy(int from, int to) override {
    reader_->copy(from, to);
    said_[to] = said_[from];
  }

  void predict(int slot, const PairMoment& moment, std::span<PairVoice> voices, std::span<double> features) override {
    const std::vector<float>& log_p = said_.at(slot);
    float most = 0;
    std::size_t likeliest = 0;
    for (std::size_t t = 0; t < vocabulary_; ++t) {
      const float p = voices[0].shares[t] = std::exp(log_p[t]);
      if (p > most) {
        most = p;
        likeliest = t;
      }
    }
    voices[0].absent = false;
    features[0] = 2 * double{most} - 1;
    features[1] = 2 * std::exp(double{moment.log_probabilities[likeliest]}) - 1;
  }

  void store(const Pair& pair) override {
    learner_.learn({&pair, 1});
    if (practises_) told_.push_back(pair);
  }
  std::uint64_t think(std::uint64_t pairs) override {
    if (told_.empty()) return 0;
    std::uint64_t done = 0;
    while (done < pairs) {
      std::vector<Pair> batch;
      for (std::size_t i = 0; i < kPractised && done < pairs; ++i, ++done)
        batch.push_back(told_[rng_.below(told_.size())]);
      learner_.learn(batch);
    }
    return done;
  }
  std::uint64_t bytes() const override {
    std::uint64_t bytes = learner_.bytes();
    for (const Pair& pair : told_) bytes += (pair.source.size() + pair.target.size()) * sizeof(Token);
    return bytes;
  }

 private:
  static transformer::PairLearnerOptions options_of(const PairExpertSettings& settings) {
    transformer::PairLearnerOptions options;
    options.rate = static_cast<float>(settings.rate);
    return options;
  }
  void keep(int slot, std::span<const float> row) { said_[slot].assign(row.begin(), row.end()); }

  transformer::PairLearner learner_;
  std::unique_ptr<transformer::Hypotheses> reader_;
  std::size_t vocabulary_;
  bool practises_;
  base::Rng rng_;
  std::vector<Pair> told_;
  std::map<int, std::vector<float>> said_;  // by slot: ln p of the next token
};

}  // namespace

PairExpertKind learned_copy_expert() {
  return {"copy",
          "a copy of the translator that learns each told pair by a step, and practises told pairs while it thinks",
          {"copy"},
          {"certainty", "translator's share"},
          false,
          [](const PairExpertSettings& settings) -> std::unique_ptr<PairExpert> {
            return std::make_unique<LearnedCopy>(settings);
          }};
}

}  // namespace noema::reasoning
