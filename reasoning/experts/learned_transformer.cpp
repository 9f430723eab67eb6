#include "reasoning/experts/learned_transformer.h"

#include <cmath>

namespace noema::reasoning {
namespace {

class LearnedTransformerExpert final : public Expert {
 public:
  void predict(const Moment& moment, std::span<Opinion> opinions, std::span<double>) override {
    if (const auto p = spelling(moment)) opinions[0] = {*p, 0, false};
  }
  std::optional<double> spelling(const Moment& moment) const override {
    if (moment.unit.learned_nats < 0) return std::nullopt;
    return std::exp(-moment.unit.learned_nats);
  }
};

}  // namespace

ExpertKind learned_transformer_expert() {
  return {
      "the copy of the transformer that goes on learning, where the arm has one",
      {"learned transformer"},
      {},
      false,
      [](const ExpertSettings&) -> std::unique_ptr<Expert> { return std::make_unique<LearnedTransformerExpert>(); }};
}

}  // namespace noema::reasoning
