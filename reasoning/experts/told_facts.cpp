#include "reasoning/experts/told_facts.h"

#include <map>
#include <utility>

#include "concepts/facts/expectation.h"

namespace noema::reasoning {
namespace {

using concepts::facts::Expectation;
using concepts::facts::Word;

class ToldFacts final : public Expert {
 public:
  void begin_line() override { is_begun_ = false; }

  void predict(const Moment& moment, std::span<Opinion> opinions, std::span<double> features) override {
    if (moment.facts == nullptr || moment.facts->told().used().empty()) return;
    if (!is_begun_) begin(*moment.facts);
    const Expectation::Prediction prediction = expectation_.predict(word_of(moment));
    opinions[0] = {prediction.share * moment.unit.writing_share, prediction.escape, false};
    features[0] = 2 * prediction.peak - 1;
    features[1] = 2 * prediction.by_fact - 1;
    features[2] = 1 - 2 * prediction.escape;
  }

  void learn(const Moment& moment) override {
    if (!is_begun_ || moment.facts == nullptr) return;
    const Word word = word_of(moment);
    expectation_.read(*moment.facts, word);
    if (word != Expectation::kEnd) return;
    expectation_.learn(*moment.facts);
    is_begun_ = false;
  }

  nlohmann::json learned() const override { return expectation_.save(); }
  void restore(const nlohmann::json& learned) override { expectation_.load(learned); }

 private:
  static constexpr std::size_t kMostUnknown = 4096;

  void begin(const concepts::facts::FactLayer& facts) {
    if (std::exchange(known_, facts.words()) != facts.words()) rename_known(facts);
    if (unknown_.size() > kMostUnknown) unknown_.clear();
    expectation_.begin(facts);
    is_begun_ = true;
  }

  /// Words that the facts know by now have their numbers.
  void rename_known(const concepts::facts::FactLayer& facts) {
    for (auto one = unknown_.begin(); one != unknown_.end();) {
      const Word known = facts.word_of(one->first);
      if (known == concepts::facts::FactLayer::kUnknown) {
        ++one;
        continue;
      }
      expectation_.rename(one->second, known);
      one = unknown_.erase(one);
    }
  }

  /// A word that the facts do not know yet has a number of its own, counted down from kUnknown.
  Word word_of(const Moment& moment) {
    const std::string& identity = moment.unit.identity;
    if (identity == "\n") return Expectation::kEnd;
    const Word known = moment.facts->word_of(identity);
    if (known != concepts::facts::FactLayer::kUnknown) return known;
    const auto [found, is_new] = unknown_.try_emplace(identity, next_unknown_);
    if (is_new) --next_unknown_;
    return found->second;
  }

  std::size_t known_ = 0;  ///< words that the facts knew at the last line
  std::map<std::string, Word> unknown_;
  Word next_unknown_ = concepts::facts::FactLayer::kUnknown - 1;
  Expectation expectation_;
  bool is_begun_ = false;
};

}  // namespace

ExpertKind told_facts_expert() {
  return {"what is known of what was told, in the words of a template",
          {"facts"},
          {"facts peak", "facts fill", "facts share"},
          true,
          [](const ExpertSettings&) -> std::unique_ptr<Expert> { return std::make_unique<ToldFacts>(); }};
}

}  // namespace noema::reasoning
