#include "experiments/metrics/bits_per_char.h"

#include "base/text.h"
#include "experiments/statistics.h"

namespace noema::experiments {
namespace {

class BitsPerChar final : public Fold {
 public:
  void add(const Scored& scored) override {
    const auto* text = std::get_if<reasoning::Text>(&scored.experience);
    const auto* bits = std::get_if<reasoning::Bits>(&scored.outcome);
    if (text == nullptr || bits == nullptr) return;
    characters_ += base::count_characters(text->text) + 1;
    for (const double unit : bits->units) bits_ += unit;
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

MetricKind bits_per_char_metric() {
  return {"bits_per_char",
          "bits per character",
          "bits",
          "sum of bits / (characters + line ends); each unit is scored before it is learned; characters are Unicode "
          "code points",
          4,
          false,
          false,
          []() -> std::unique_ptr<Fold> { return std::make_unique<BitsPerChar>(); }};
}

}  // namespace noema::experiments
