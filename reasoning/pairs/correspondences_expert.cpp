#include "reasoning/pairs/correspondences_expert.h"

#include <algorithm>
#include <cmath>

#include "concepts/pairs/correspondences.h"

namespace noema::reasoning {
namespace {

using concepts::pairs::Correspondences;
using concepts::pairs::key_of;
using concepts::pairs::kNone;
using concepts::pairs::Place;
using transformer::Token;

/// Three voices: the source's units themselves, a(j) at each (a pointer, as in Vinyals, Fortunato & Jaitly 2015); what
/// each unit stood for; and what each unit between its neighbours stood for. a: the translator's attention, or alike
/// for all places where it has none.
class CorrespondencesExpert final : public PairExpert {
 public:
  void predict(int, const PairMoment& moment, std::span<PairVoice> voices, std::span<double> features) override {
    if (moment.source.empty()) return;
    look(moment);
    double pointed = 0, peak = 0;
    for (std::size_t j = 0; j < alone_.size(); ++j) {
      const double attention = alone_[j].attention;
      voices[0].shares[static_cast<std::size_t>(moment.source[j])] += static_cast<float>(attention);
      pointed += attention;
      peak = std::max(peak, attention);
    }
    const double by_unit = units_.predict(alone_, voices[1].shares),
                 by_place = between_.predict(placed_, voices[2].shares);
    voices[0].escape = std::max(0.0, 1 - pointed);
    voices[1].escape = std::max(0.0, 1 - by_unit);
    voices[2].escape = std::max(0.0, 1 - by_place);
    for (PairVoice& voice : voices) voice.absent = false;
    features[0] = 2 * peak - 1;
    features[1] = 2 * by_unit - 1;
    features[2] = 2 * by_place - 1;
    double likely = 0;  // the translator's probability of the units that are attended
    for (std::size_t j = 0; j < alone_.size(); ++j)
      likely +=
          alone_[j].attention * std::exp(double{moment.log_probabilities[static_cast<std::size_t>(moment.source[j])]});
    features[3] = 2 * std::min(1.0, likely) - 1;
  }

  void learn(const PairMoment& moment, Token told) override {
    if (moment.source.empty()) return;
    look(moment);
    units_.learn(alone_, told);
    between_.learn(placed_, told);
  }
  std::uint64_t bytes() const override { return units_.bytes() + between_.bytes(); }
  std::uint64_t concepts() const override { return units_.nodes() + between_.nodes(); }
  std::uint64_t relations() const override { return units_.edges() + between_.edges(); }

 private:
  void look(const PairMoment& moment) {
    const std::size_t n = moment.source.size();
    alone_.resize(n);
    placed_.resize(n);
    for (std::size_t j = 0; j < n; ++j) {
      const double attention =
          moment.attention.size() == n ? double{moment.attention[j]} : 1.0 / static_cast<double>(n);
      const Token before = j > 0 ? moment.source[j - 1] : kNone, after = j + 1 < n ? moment.source[j + 1] : kNone;
      alone_[j] = {key_of(moment.source[j]), attention};
      placed_[j] = {key_of(before, moment.source[j], after), attention};
    }
  }

  Correspondences units_, between_;
  std::vector<Place> alone_, placed_;
};

}  // namespace

PairExpertKind correspondences_expert() {
  return {
      "correspondences",
      "the units of the source that are attended to, and what they stood for in told pairs, alone and between their "
      "neighbours",
      {"pointer", "units", "units in place"},
      {"peak", "units known", "places known", "translator's share"},
      true,
      [](const PairExpertSettings&) -> std::unique_ptr<PairExpert> {
        return std::make_unique<CorrespondencesExpert>();
      }};
}

}  // namespace noema::reasoning
