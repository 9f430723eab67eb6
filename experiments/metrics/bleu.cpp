#include "experiments/metrics/bleu.h"

#include "transformer/translation_score.h"

namespace noema::experiments {
namespace {

class Bleu final : public Fold {
 public:
  void add(const Scored& scored) override {
    const auto* pair = std::get_if<reasoning::ToldPair>(&scored.experience);
    const auto* said = std::get_if<reasoning::Translated>(&scored.outcome);
    if (pair == nullptr || said == nullptr) return;
    counts_.add(
        transformer::bleu_counts(transformer::characters_of(said->text), transformer::characters_of(pair->target)));
  }
  std::optional<double> value() const override {
    if (counts_.reference == 0) return std::nullopt;
    return counts_.bleu();
  }

 private:
  transformer::BleuCounts counts_;
};

}  // namespace

MetricKind bleu_metric() {
  return {"bleu",
          "BLEU-4",
          "",
          "100 min(1, e^(1 - r/c)) (p1 p2 p3 p4)^(1/4) over the whole stretch: p_n the share of the translations' "
          "n-grams of characters that are in the reference, c and r the characters of translations and references, "
          "without white space; not smoothed (Papineni et al. 2002); each source is translated before its target is "
          "told",
          2,
          false,
          false,
          []() -> std::unique_ptr<Fold> { return std::make_unique<Bleu>(); }};
}

}  // namespace noema::experiments
