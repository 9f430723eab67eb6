#pragma once
// What the words around a word's mentions tell of groups of these mentions: the second half of how senses are found.

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "concepts/company/company.h"
#include "concepts/company/wholes.h"

namespace noema::concepts::company {

/// The words around a mention, nearest first; kNoWord for units that are no words.
struct Surroundings {
  std::vector<Word> before, after;
  Part whole = kNoPart;  ///< the named whole of which the mention is a part
};

/// A word beside a mention, by a number that one word's mentions share, and how much it counts.
struct SeenWord {
  std::uint32_t number = 0;
  float weight = 0;
};
using MentionWords = std::vector<SeenWord>;

/// Numbers what stands around the mentions of one word: each word that tells something, once, wherever it stands; each
/// of the nearest words, apart by its side, by half; and the whole of which the mention is a part, as much as many
/// words (one sense per collocation; Yarowsky 1993).
class WordNumbers {
 public:
  /// Words must outlive it.
  WordNumbers(const Words& words, std::size_t reach, std::size_t near_reach);

  /// New words get a number.
  MentionWords learn(const Surroundings& surroundings);
  /// Words without a number are left out.
  MentionWords of(const Surroundings& surroundings) const;

 private:
  MentionWords read(const Surroundings& surroundings, const std::unordered_map<std::uint64_t, std::uint32_t>& numbers,
                    std::unordered_map<std::uint64_t, std::uint32_t>* fresh) const;

  const Words* words_;
  std::size_t reach_, near_reach_;
  std::unordered_map<std::uint64_t, std::uint32_t> numbers_;
};

/// Mentions in groups, each group's words coded by a Dirichlet-multinomial whose base measure is `strength` times the
/// words' shares in all mentions (as a topic's in topic_mixture.h), the groups' sizes by their factorials. c_kw weight
/// of word w in group k, C_k = sum_w c_kw, N_k mentions, b_w = strength * share of w; the code in nats, up to a
/// constant:
///
///   - trust * sum_k [ln G(strength) - ln G(strength + C_k) + sum_w (ln G(b_w + c_kw) - ln G(b_w))] - sum_k ln G(N_k)
///
/// The words of one text depend on each other, so that n of them weigh 4 sqrt(n), and the code is trusted by half.
class MentionGroups {
 public:
  /// groups: of each mention, below `count`.
  MentionGroups(std::vector<MentionWords> mentions, std::vector<std::size_t> groups, std::size_t count);

  std::size_t count() const { return sizes_.size(); }
  const std::vector<MentionWords>& mentions() const { return mentions_; }
  const std::vector<std::size_t>& groups() const { return groups_; }
  /// Mentions of a group; 0 if all have left it or it was joined into another.
  double size(std::size_t group) const { return sizes_[group]; }
  /// How much likelier these words are in the group than in all mentions, in nats. O(words).
  double nats(std::size_t group, const MentionWords& words) const;
  /// A mention leaves its group, and goes into one; between both it is in none.
  void take_out(std::size_t mention) { add(mention, groups_[mention], -1); }
  void put_in(std::size_t mention, std::size_t group) { add(mention, groups_[mention] = group, 1); }
  /// By how many nats the code is shorter if both are one group; mostly less than 0. O(numbers).
  double gain_of_joining(std::size_t a, std::size_t b) const;
  /// All mentions of `from` are of `into`.
  void join(std::size_t into, std::size_t from);
  /// By how many nats a mention the code is shorter than if all were one group.
  double saved() const;
  /// Joins two groups again and again, those whose joining costs least first, while it costs at most `price` nats a
  /// mention of the smaller one. The group in which each group ends. O(count^2 numbers).
  std::vector<std::size_t> join_all(double price);

 private:
  double code(const std::vector<double>& counts, double all, double mentions) const;
  void add(std::size_t mention, std::size_t group, double sign);

  std::vector<MentionWords> mentions_;
  std::vector<std::size_t> groups_;
  std::vector<double> base_, log_base_, gamma_base_;  // of each number: b_w, its logarithm, ln G(b_w)
  std::vector<std::vector<double>> counts_;           // [groups, numbers]
  std::vector<double> totals_, sizes_;                // C_k, N_k
};

}  // namespace noema::concepts::company
