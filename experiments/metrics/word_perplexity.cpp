#include "experiments/metrics/word_perplexity.h"

#include "base/text.h"
#include "experiments/statistics.h"

namespace noema::experiments {
namespace {

class WordPerplexity final : public Fold {
 public:
  void add(const Scored& scored) override {
    const auto* text = std::get_if<reasoning::Text>(&scored.experience);
    const auto* bits = std::get_if<reasoning::Bits>(&scored.outcome);
    if (text == nullptr || bits == nullptr) return;
    words_ += scored.words.size();
    for (const double unit : bits->units) bits_ += unit;
    has_white_space_ = has_white_space_ || base::count_words(text->text) > 1;
  }
  std::optional<double> value() const override {
    if (!has_white_space_) return std::nullopt;  // its words are not written apart: a line would count as one
    return word_perplexity(bits_, words_);
  }

 private:
  double bits_ = 0;
  std::uint64_t words_ = 0;
  bool has_white_space_ = false;
};

}  // namespace

MetricKind word_perplexity_metric() {
  return {"word_perplexity",
          "word perplexity",
          "",
          "2^(sum of bits / (white-space words + line ends)); absent for text without white space",
          2,
          false,
          false,
          []() -> std::unique_ptr<Fold> { return std::make_unique<WordPerplexity>(); }};
}

}  // namespace noema::experiments
