#pragma once
// Skip-gram with negative sampling (Mikolov et al. 2013): a vector u for each token as a centre and a vector v for each
// as context, such that u_c . v_o tells contexts that occurred from drawn ones. The sequences of a batch are the text
// that the window moves over. Negatives are shared by the centres of a sequence, so that all of it is matrix products
// (Ji et al. 2016); each pair's expected loss is the original's.
//
// As a language model (Levy & Goldberg 2014): the loss is least where u_c . v_o = ln P(o | c) / (k noise(o)). With
// noise(o) ~ count(o)^0.75 and a text in which o was kept with probability keep(o), so
//   p(o | c) = exp(u_c . v_o) count(o)^0.75 / keep(o) / Z(c),
// normalised over the vocabulary; the previous token is c. (With powers of 1 and nothing left out it is the well-known
// count(o) exp(u_c . v_o) / Z.) Counts are a vector of the model that training leaves alone.

#include <vector>

#include "base/rng.h"
#include "transformer/corpus.h"
#include "transformer/model.h"
#include "transformer/network.h"

namespace noema::transformer {

inline constexpr int kSkipgramWindow = 5;           // to each side at most; a centre draws 1 to this many
inline constexpr int kSkipgramNegatives = 5;        // of each pair
inline constexpr int kSkipgramShared = 64;          // draws a sequence that stand for them
inline constexpr double kSkipgramSubsample = 1e-3;  // tokens more frequent than this share are left out now and then
inline constexpr double kSkipgramNoisePower = 0.75;

struct SkipgramShape {
  int vocabulary, width;

  SkipgramShape(const ModelOptions& options, int vocabulary_size) : vocabulary(vocabulary_size), width(options.width) {}
  std::size_t size() const { return static_cast<std::size_t>(vocabulary) * static_cast<std::size_t>(width); }
  std::size_t centres() const { return 0; }          ///< [vocabulary, width]: the tokens' vectors
  std::size_t contexts() const { return size(); }    ///< [vocabulary, width]
  std::size_t counts() const { return 2 * size(); }  ///< [vocabulary]: occurrences in the text, and one
  Layout layout() const;
};

/// Sets the counts from what a model is trained on. O(tokens).
void count_tokens(float* weights, const SkipgramShape& shape, const Corpus& corpus, const std::vector<Pair>& pairs);

class SkipgramNetwork final : public Network {
 public:
  SkipgramNetwork(const SkipgramShape& shape, int sequences, int length);

  /// As a language model; see above. O(tokens vocabulary width).
  double loss(const float* weights, const Batch& batch, float* losses = nullptr) override;
  /// Of negative sampling; losses are a centre's. The seed draws windows, tokens left out and negatives; there is no
  /// dropout. O(tokens (length + kSkipgramShared) width).
  double loss_and_gradient(float* gradient, const float* weights, const Batch& batch, float scale,
                           const Regularisation& regularisation, float* losses = nullptr) override;

 private:
  struct Sequence {
    std::vector<Token> tokens, negatives;
    std::vector<char> kept;
    std::vector<float> centres, contexts, drawn, pairs, noise;  // vectors, and products of them
    std::vector<float> dcentres, dcontexts, ddrawn, losses;
  };
  void use_counts(const float* counts);
  void pass(Sequence& s, int index, const float* weights, const Batch& batch, float scale, std::uint64_t seed) const;
  void score_pairs(Sequence& s, base::Rng& rng) const;

  SkipgramShape shape_;
  std::vector<Sequence> sequences_;
  std::vector<float> counts_, keep_, log_prior_;  // [vocabulary]; what follows from the counts
  std::vector<double> noise_;                     // [vocabulary], cumulative
  std::vector<float> hidden_, table_, logits_;
};

}  // namespace noema::transformer
