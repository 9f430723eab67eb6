#pragma once
// Skip-gram with negative sampling (Mikolov et al. 2013): each token has a vector u as a centre and a vector v as a
// context, and u_c . v_o separates contexts that occurred from randomly drawn ones (negatives). The window moves over
// the sequences of a batch. The centres of a sequence share their negatives, so that the computation consists of matrix
// products (Ji et al. 2016); the expected loss of each pair is the original's.
//
// Read as a language model (Levy & Goldberg 2014): the loss is minimal where u_c . v_o = ln (P(o | c) / (k noise(o))).
// Since noise(o) ~ count(o)^0.75, and o is kept in the text with probability keep(o),
//   p(o | c) = exp(u_c . v_o) count(o)^0.75 / keep(o) / Z(c),
// normalised over the vocabulary, where c is the previous token. (With an exponent of 1 and without subsampling this is
// the well-known count(o) exp(u_c . v_o) / Z.) The counts are a vector of the model that training does not change.

#include <span>
#include <vector>

#include "base/rng.h"
#include "transformer/corpus.h"
#include "transformer/model.h"
#include "transformer/network.h"

namespace noema::transformer {

inline constexpr int kSkipgramWindow = 5;     // tokens on each side; a centre draws its window from 1 to this many
inline constexpr int kSkipgramNegatives = 5;  // for each pair
inline constexpr int kSkipgramShared = 64;    // negatives that the pairs of a sequence share
inline constexpr double kSkipgramSubsample = 1e-3;  // tokens more frequent than this are randomly left out
inline constexpr double kSkipgramNoisePower = 0.75;

struct SkipgramShape {
  int vocabulary, width;

  SkipgramShape(const ModelOptions& options, int vocabulary_size) : vocabulary(vocabulary_size), width(options.width) {}
  std::size_t size() const { return static_cast<std::size_t>(vocabulary) * static_cast<std::size_t>(width); }
  std::size_t centres() const { return 0; }          ///< [vocabulary, width]: the tokens' vectors
  std::size_t contexts() const { return size(); }    ///< [vocabulary, width]
  std::size_t counts() const { return 2 * size(); }  ///< [vocabulary]: occurrences in the text plus one
  Layout layout() const;
};

/// Sets the counts from the training text. O(tokens).
void count_tokens(float* weights, const SkipgramShape& shape, const Corpus& corpus, std::span<const Pair> pairs);

class SkipgramNetwork final : public Network {
 public:
  SkipgramNetwork(const SkipgramShape& shape, int sequences, int length);

  /// The loss as a language model (see above). O(tokens vocabulary width).
  double loss(const float* weights, const Batch& batch, float* losses = nullptr) override;
  /// The loss of negative sampling; `losses` has one entry for each centre. The seed determines windows, subsampling
  /// and negatives; there is no dropout. O(tokens (length + kSkipgramShared) width).
  double loss_and_gradient(float* gradient, const float* weights, const Batch& batch, float scale,
                           const Regularisation& regularisation, float* losses = nullptr) override;

 private:
  struct Sequence {
    std::vector<Token> tokens, negatives;
    std::vector<char> kept;
    std::vector<float> centres, contexts, drawn, pairs, noise;  // vectors and their products
    std::vector<float> dcentres, dcontexts, ddrawn, losses;
  };
  void use_counts(const float* counts);
  void pass(Sequence& s, int index, const float* weights, const Batch& batch, float scale, std::uint64_t seed) const;
  void score_pairs(Sequence& s, base::Rng& rng) const;

  SkipgramShape shape_;
  std::vector<Sequence> sequences_;
  std::vector<float> counts_, keep_, log_prior_;  // [vocabulary]; computed from the counts
  std::vector<double> noise_;                     // [vocabulary], cumulative
  std::vector<float> hidden_, table_, logits_;
};

}  // namespace noema::transformer
