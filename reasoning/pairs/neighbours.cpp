#include "reasoning/pairs/neighbours.h"

#include <algorithm>
#include <cmath>

#include "transformer/kernels.h"

namespace noema::reasoning {
namespace {

using transformer::Token;

constexpr std::size_t kNearest = 16;
constexpr double kSharpness[] = {4, 16};  // of the two voices

/// A datastore of told moments: the translator's hidden state, and the token that came. Of the k nearest to the present
/// state, p(t) is proportional to the sum over those of token t of exp(-theta (d^2 - d_1^2) / m): d the distance, d_1
/// the least one, m the mean of d^2 at the k-th nearest over what was told so far, so that theta has no unit. The
/// paper's temperature is m / theta. How much the neighbours are heard is the gate's to learn, which is told how near
/// they are and how much they agree, as in Zheng et al. 2021.
class Neighbours final : public PairExpert {
 public:
  explicit Neighbours(const PairExpertSettings& settings) : width_(static_cast<std::size_t>(settings.model->width())) {}

  void predict(int, const PairMoment& moment, std::span<PairVoice> voices, std::span<double> features) override {
    if (tokens_.size() < kNearest) return;
    find(moment.hidden);
    const double nearest = distances_[order_[0]], mean = mean_reach();
    double most = 0;
    for (std::size_t v = 0; v < voices.size(); ++v) {
      double sum = 0;
      for (std::size_t i = 0; i < kNearest; ++i) sum += weight(i, kSharpness[v], nearest, mean);
      for (std::size_t i = 0; i < kNearest; ++i) {
        float& share = voices[v].shares[static_cast<std::size_t>(tokens_[order_[i]])];
        share += static_cast<float>(weight(i, kSharpness[v], nearest, mean) / sum);
        most = std::max(most, double{share});
      }
      voices[v].absent = false;
    }
    features[0] = 1 - 2 * std::min(1.0, nearest / mean);
    features[1] = 2 * most - 1;
    double agreement = 0;  // the translator's probability of what the neighbours say
    for (std::size_t i = 0; i < 4; ++i)
      agreement += std::exp(double{moment.log_probabilities[static_cast<std::size_t>(tokens_[order_[i]])]}) / 4;
    features[2] = 2 * agreement - 1;
  }

  /// The present moment is kept together with what came; the reach is learned from it first.
  void learn(const PairMoment& moment, Token told) override {
    if (tokens_.size() >= kNearest) {
      find(moment.hidden);
      reach_sum_ += distances_[order_[kNearest - 1]];
      ++reach_count_;
    }
    states_.insert(states_.end(), moment.hidden.begin(), moment.hidden.end());
    squares_.push_back(transformer::dot(moment.hidden.data(), moment.hidden.data(), width_));
    tokens_.push_back(told);
  }
  std::uint64_t bytes() const override { return tokens_.size() * (width_ * sizeof(float) + 8); }

 private:
  double weight(std::size_t i, double sharpness, double nearest, double mean) const {
    return std::exp(-sharpness * (distances_[order_[i]] - nearest) / mean);
  }
  double mean_reach() const {
    const double reach = distances_[order_[kNearest - 1]];
    return std::max(1e-9, reach_count_ == 0 ? reach : reach_sum_ / static_cast<double>(reach_count_));
  }

  /// Squared distances to all moments, and the nearest ones first in order_. Earlier ones come first where they are
  /// as near. O(moments width).
  void find(std::span<const float> hidden) {
    if (distances_.size() == tokens_.size() && std::equal(hidden.begin(), hidden.end(), asked_.begin(), asked_.end()))
      return;  // learning asks what predicting has just asked
    asked_.assign(hidden.begin(), hidden.end());
    const double own = double{transformer::dot(hidden.data(), hidden.data(), width_)};
    distances_.resize(tokens_.size());
    order_.resize(tokens_.size());
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      const double product = double{transformer::dot(hidden.data(), states_.data() + i * width_, width_)};
      distances_[i] = std::max(0.0, own + double{squares_[i]} - 2 * product);
      order_[i] = static_cast<std::uint32_t>(i);
    }
    std::partial_sort(order_.begin(), order_.begin() + kNearest, order_.end(), [&](std::uint32_t a, std::uint32_t b) {
      return distances_[a] != distances_[b] ? distances_[a] < distances_[b] : a < b;
    });
  }

  std::size_t width_;
  std::vector<float> states_, squares_;  // [moments, width], [moments]
  std::vector<Token> tokens_;
  std::vector<float> asked_;
  std::vector<double> distances_;
  std::vector<std::uint32_t> order_;
  double reach_sum_ = 0;
  std::uint64_t reach_count_ = 0;
};

}  // namespace

PairExpertKind neighbours_expert() {
  return {"neighbours",
          "what came at the 16 told moments whose hidden states are nearest to the present one, at two temperatures",
          {"neighbours soft", "neighbours sharp"},
          {"nearness", "agreement", "translator's share"},
          true,
          [](const PairExpertSettings& settings) -> std::unique_ptr<PairExpert> {
            return std::make_unique<Neighbours>(settings);
          }};
}

}  // namespace noema::reasoning
