#pragma once
// The layer of company: which words of the life go with which. A function of the life's episodes and a seed.

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "concepts/company/associations.h"

namespace noema::concepts::company {

struct CompanyOptions {
  std::size_t most_words = std::size_t{1} << 15;
  std::uint64_t least_occurrences = 5;  ///< of a word; fewer say little of its company
  Eigen::Index width = 200;             ///< of the vectors
  WindowOptions window = {};
};

/// Directions that tell what is alike; those after them help arithmetic alone.
inline constexpr Eigen::Index kAlikeWidth = 100;

struct ScoredWord {
  Word word = 0;
  double score = 0;  ///< larger is better
};

/// What is known of a word beside its number.
struct WordEntry {
  ConceptId unit = 0;
  std::uint64_t occurrences = 0;
  std::string identity;       ///< as units are told apart
  std::string label;          ///< as it is written most
  float informativeness = 0;  ///< see informativeness_of()
};

/// The words and their vectors: what is needed to say what is like what.
class Words {
 public:
  Words() = default;
  /// vectors: a row a word.
  Words(std::uint64_t units, std::vector<WordEntry> entries, Columns vectors);
  Words(Words&&) = default;
  Words& operator=(Words&&) = default;

  std::size_t size() const { return entries_.size(); }
  /// Units of all episodes.
  std::uint64_t units() const { return units_; }
  const WordEntry& operator[](Word word) const { return entries_[word]; }
  /// By how much its informativeness is beyond half of what a running word has on average; 0 for words below.
  float telling(Word word) const {
    return std::max(0.F, entries_[word].informativeness - static_cast<float>(mean_ / 2));
  }
  /// What a running word has on average; 0 without words.
  double mean_informativeness() const { return mean_; }
  std::optional<Word> find(std::string_view identity) const;
  /// [words, width]: left singular vectors, each times the root of its singular value, largest first.
  const Columns& vectors() const { return vectors_; }
  /// The first `width` dimensions of the vectors, each row at length 1 (or 0).
  Columns directions(Eigen::Index width) const;

 private:
  std::uint64_t units_ = 0;
  std::vector<WordEntry> entries_;
  double mean_ = 0;
  std::unordered_map<std::string_view, Word> numbers_;  // of identities, which lie in entries_
  Columns vectors_;
};

/// The k best, best first, ties by number.
std::vector<ScoredWord> best_of(std::vector<ScoredWord> scored, std::size_t k);
/// The k words with the largest cosine to this one, best first, ties by number; itself left out. O(words).
std::vector<ScoredWord> nearest_words(const Words& words, Word word, std::size_t k);

struct Company {
  Words words;
  Associations associations;
};

/// How a unit is told apart, how it is written most, and how behind another unit, with the white space that parts them;
/// absent: it is gone, and is left out.
struct UnitNames {
  std::string identity, label, inside;
};
using NameUnit = std::function<std::optional<UnitNames>(ConceptId)>;

/// Counts, weighs and compresses; about 10 passes over the cells. `keep_on` is asked every now and then; absent if it
/// said no. 8 bytes a unit (of 16M units at a time) and 24 bytes a cell.
std::optional<Company> make_company(const Episodes& episodes, const NameUnit& names, std::uint64_t seed,
                                    const CompanyOptions& options = {}, const std::function<bool()>& keep_on = {});

}  // namespace noema::concepts::company
