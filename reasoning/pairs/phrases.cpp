#include "reasoning/pairs/phrases.h"

#include <algorithm>
#include <map>
#include <unordered_map>

namespace noema::reasoning {
namespace {

using transformer::Token;

constexpr std::size_t kLongest = 4;

/// Counts of what followed the last 1 to 4 tokens, the beginning included. The longest context that was met speaks:
/// p(t) = c(t) / (c + d), d the number of different tokens that followed (Witten & Bell 1991, method C).
class Phrases final : public PairExpert {
 public:
  void predict(int, const PairMoment& moment, std::span<PairVoice> voices, std::span<double> features) override {
    for (std::size_t length = kLongest; length > 0; --length) {
      const auto found = followers_.find(context_of(moment.target, length));
      if (found == followers_.end()) continue;
      double count = 0;
      for (const auto& [token, times] : found->second) count += times;
      const double all = count + static_cast<double>(found->second.size());
      double most = 0;
      for (const auto& [token, times] : found->second) {
        voices[0].shares[static_cast<std::size_t>(token)] = static_cast<float>(times / all);
        most = std::max(most, times / all);
      }
      voices[0].escape = 1 - count / all;
      voices[0].absent = false;
      features[0] = static_cast<double>(length) / kLongest;
      features[1] = 2 * most - 1;
      features[2] = 2 * voices[0].escape - 1;
      return;
    }
  }

  void learn(const PairMoment& moment, Token told) override {
    for (std::size_t length = 1; length <= kLongest; ++length) {
      auto& followers = followers_[context_of(moment.target, length)];
      edges_ += followers.emplace(told, 0).second ? 1 : 0;
      followers[told] += 1;
    }
  }
  std::uint64_t bytes() const override { return followers_.size() * 80 + edges_ * 48; }
  std::uint64_t concepts() const override { return followers_.size(); }
  std::uint64_t relations() const override { return edges_; }

 private:
  /// The last tokens, filled up with the beginning of the target; the length is part of the key.
  static std::uint64_t context_of(std::span<const Token> target, std::size_t length) {
    std::uint64_t key = length;
    for (std::size_t i = 0; i < length; ++i) {
      const std::uint64_t token =
          i < target.size() ? static_cast<std::uint64_t>(target[target.size() - 1 - i]) : transformer::kStart;
      key = (key ^ (token + 0x9e3779b97f4a7c15ULL)) * 0xbf58476d1ce4e5b9ULL;
      key ^= key >> 29;
    }
    return key;
  }

  std::unordered_map<std::uint64_t, std::map<Token, double>> followers_;
  std::uint64_t edges_ = 0;
};

}  // namespace

PairExpertKind phrases_expert() {
  return {"phrases",
          "what followed the last 1 to 4 tokens of the target in told targets",
          {"phrases"},
          {"length", "most", "escape"},
          true,
          [](const PairExpertSettings&) -> std::unique_ptr<PairExpert> { return std::make_unique<Phrases>(); }};
}

}  // namespace noema::reasoning
