#pragma once
// The senses of a word: its mentions grouped by what stands around them, finely and then again coarsely.

#include <cstdint>
#include <vector>

#include "concepts/company/company.h"
#include "concepts/company/mention_words.h"

namespace noema::concepts::company {

struct SenseOptions {
  std::size_t reach = 40;          ///< units to either side
  std::size_t near_reach = 2;      ///< units whose every word counts, for how the word is used
  float near_weight = 0.25F;       ///< of their mean, beside that of all, each as its informativeness says
  std::size_t most_compared = 64;  ///< groups of mentions from which senses are joined
  std::size_t most_fine = 8;       ///< fine senses of a word
  Eigen::Index dimensions = 40;    ///< in which the mentions of a word differ most
  double least_fine = 0.1;         ///< what a fine sense must save, and ...
  double least_sense = 0.5;        ///< ... what a sense must, as shares of what all fine senses save a mention
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

/// A mention as both halves see it.
struct MentionSeen {
  Eigen::RowVectorXf context;
  MentionWords words;
};

/// The senses of one word. Made from all of its mentions at once; the same mentions and seed make the same senses.
///
/// Vectors propose, words decide: the mentions' contexts are grouped first (k-means, Ward); then each mention moves to
/// the group in which its words and its context are likeliest, until nearly all stay; then groups are joined whose
/// joining makes the code of their words hardly longer, first for the fine senses and, further, for the senses. Where
/// the words of the groups save nothing, the groups of the contexts stand.
class Senses {
 public:
  /// contexts: a row a mention, at least one; words: of each mention.
  Senses(const Columns& contexts, std::vector<MentionWords> words, std::uint64_t seed,
         const SenseOptions& options = {});

  std::size_t senses() const { return senses_; }
  std::size_t fine_senses() const { return sense_of_.size(); }
  std::size_t sense_of(std::size_t fine) const { return sense_of_[fine]; }
  /// Of the mentions that it was made from.
  const std::vector<std::size_t>& fine_of_mentions() const { return groups_.groups(); }
  /// The likeliest fine sense, each as likely as it was common, and the probability of its sense.
  SenseChoice choose(const MentionSeen& mention) const;

 private:
  Columns along_axes(const Columns& contexts) const;
  void take_means(const Columns& points);
  void refine(const Columns& points);
  void join(const SenseOptions& options);
  double nats(std::size_t fine, const MentionWords& words, const Eigen::RowVectorXf& point) const;

  Eigen::RowVectorXf centre_;
  Eigen::MatrixXf axes_;  // [width, dimensions]
  Columns means_;         // of fine senses, along the axes
  MentionGroups groups_;  // the fine senses
  std::vector<std::size_t> sense_of_;
  std::size_t senses_ = 0;
  bool by_words_ = true;  // false: the words save nothing
  double variance_ = 1;   // of a mention around its fine sense, in each dimension
};

}  // namespace noema::concepts::company
