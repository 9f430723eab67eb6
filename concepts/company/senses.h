#pragma once
// The senses of a word: its mentions grouped by what stands around them, finely and then again coarsely.

#include <cstdint>
#include <vector>

#include "concepts/company/company.h"

namespace noema::concepts::company {

/// The words around a mention, nearest first; kNoWord for units that are no words.
struct Surroundings {
  std::vector<Word> before, after;
};

struct SenseOptions {
  std::size_t reach = 20;          ///< units to either side
  std::size_t near_reach = 2;      ///< units whose every word counts, for how the word is used
  float near_weight = 0.25F;       ///< of their mean, beside that of all, each as its informativeness says
  std::size_t most_compared = 64;  ///< groups of mentions from which senses are joined
  std::size_t most_fine = 10;      ///< fine senses of a word
  Eigen::Index dimensions = 40;    ///< in which the mentions of a word differ most
};

/// What stands around a mention as one vector: the mean of the words' directions by informativeness and distance^-.5,
/// and that of the nearest words. 0 if no word is known.
Eigen::RowVectorXf context_of(const Surroundings& surroundings, const Words& words, const Columns& directions,
                              const SenseOptions& options = {});

/// Where a mention belongs, and how surely.
struct SenseChoice {
  std::size_t fine = 0, sense = 0;
  double probability = 0;  ///< of the sense, among the senses
};

/// The senses of one word. Made from all of its mentions at once; the same mentions and seed make the same senses.
class Senses {
 public:
  /// contexts: a row a mention, at least one.
  Senses(const Columns& contexts, std::uint64_t seed, const SenseOptions& options = {});

  std::size_t senses() const { return senses_; }
  std::size_t fine_senses() const { return sense_of_.size(); }
  std::size_t sense_of(std::size_t fine) const { return sense_of_[fine]; }
  /// Of the mentions that it was made from.
  const std::vector<std::size_t>& fine_of_mentions() const { return fine_of_mentions_; }
  /// The nearest fine sense; the probability that of its sense under normal distributions around the fine senses, each
  /// as likely as it was common.
  SenseChoice choose(const Eigen::RowVectorXf& context) const;

 private:
  void take_means(const Columns& points, const std::vector<std::size_t>& fine, const std::vector<std::size_t>& coarse);

  Eigen::RowVectorXf centre_;
  Eigen::MatrixXf axes_;  // [width, dimensions]
  Columns means_;         // of fine senses, along the axes
  std::vector<double> sizes_;
  std::vector<std::size_t> sense_of_, fine_of_mentions_;
  std::size_t senses_ = 0;
  double variance_ = 0;  // of a mention around its fine sense, in each dimension
};

}  // namespace noema::concepts::company
