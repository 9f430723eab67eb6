#include "experiments/metrics/word_perplexity.h"

#include "base/text_count.h"
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
    count_.add(text->text);
  }
  std::optional<double> value() const override {
    if (!count_.has_words()) return std::nullopt;  // its words are not written apart: a line would count as one
    return word_perplexity(bits_, words_);
  }

 private:
  double bits_ = 0;
  std::uint64_t words_ = 0;
  base::TextCount count_;
};

}  // namespace

MetricKind word_perplexity_metric() {
  return {"word_perplexity",
          "word perplexity",
          "",
          "2^(sum of bits / (white-space words + line ends)); absent for text whose words are not written apart",
          2,
          false,
          false,
          []() -> std::unique_ptr<Fold> { return std::make_unique<WordPerplexity>(); }};
}

}  // namespace noema::experiments
