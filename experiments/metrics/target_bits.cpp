#include "experiments/metrics/target_bits.h"

#include "base/text.h"
#include "experiments/statistics.h"

namespace noema::experiments {
namespace {

class TargetBits final : public Fold {
 public:
  void add(const Scored& scored) override {
    const auto* pair = std::get_if<reasoning::ToldPair>(&scored.experience);
    const auto* said = std::get_if<reasoning::Translated>(&scored.outcome);
    if (pair == nullptr || said == nullptr || said->token_bits.empty()) return;
    characters_ += base::count_characters(pair->target) + 1;
    for (const double bits : said->token_bits) bits_ += bits;
  }
  std::optional<double> value() const override {
    if (characters_ == 0) return std::nullopt;
    return bits_per_char(bits_, characters_);
  }

 private:
  double bits_ = 0;
  std::uint64_t characters_ = 0;
};

}  // namespace

MetricKind target_bits_metric() {
  return {"target_bits_per_char",
          "bits per target character",
          "bits",
          "sum of -log2 p(token | source, tokens before) over the told targets / (their characters + line ends); each "
          "token is scored before it is learned (prequential: Dawid 1984)",
          4,
          false,
          false,
          []() -> std::unique_ptr<Fold> { return std::make_unique<TargetBits>(); }};
}

}  // namespace noema::experiments
