#include "experiments/metrics/words_made_worse.h"

namespace noema::experiments {
namespace {

constexpr double kToleranceBits = 1e-4;  // rounding does not count as harm

class WordsMadeWorse final : public Fold {
 public:
  void add(const Scored& scored) override {
    if (scored.words.size() != scored.reference.size()) return;
    words_ += scored.words.size();
    for (std::size_t i = 0; i < scored.words.size(); ++i)
      worse_ += double{scored.words[i]} > double{scored.reference[i]} + kToleranceBits;
  }
  std::optional<double> value() const override {
    if (words_ == 0) return std::nullopt;
    return static_cast<double>(worse_) / static_cast<double>(words_);
  }

 private:
  std::uint64_t worse_ = 0, words_ = 0;
};

}  // namespace

MetricKind words_made_worse_metric() {
  return {"words_made_worse",
          "words made worse",
          "",
          "share of words (line ends among them) that cost over 0.0001 bit more than with the static arm",
          3,
          true,
          true,
          []() -> std::unique_ptr<Fold> { return std::make_unique<WordsMadeWorse>(); }};
}

}  // namespace noema::experiments
