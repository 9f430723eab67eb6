#include "reasoning/experts/transformer.h"

namespace noema::reasoning {
namespace {

/// Mean of -ln p over first tokens, to the precision of the spread's steps.
double entropy_of(const Spread& spread) {
  double sum = 0;
  for (std::size_t step = 0; step < Spread::kSteps; ++step)
    sum += double{spread.mass[step]} * 0.35 * (static_cast<double>(step) + 0.5);
  return sum;
}

class TransformerExpert final : public Expert {
 public:
  void predict(const Moment& moment, std::span<Opinion> opinions, std::span<double> features) override {
    opinions[0] = {0, 1, false};
    features[0] = moment.unit.peak;
    features[1] = entropy_of(moment.unit.spread) / 3 - 1;
    features[2] = last_nats_ / 3 - 1;
  }
  void learn(const Moment& moment) override { last_nats_ = moment.unit.nats; }

 private:
  double last_nats_ = 0;  // that the last unit cost
};

}  // namespace

ExpertKind transformer_expert() {
  return {"the transformer, which spells every unit that the others do not know",
          {"transformer"},
          {"peak", "tail", "last nats"},
          false,
          [](const ExpertSettings&) -> std::unique_ptr<Expert> { return std::make_unique<TransformerExpert>(); }};
}

}  // namespace noema::reasoning
