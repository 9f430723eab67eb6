#pragma once
// What a life's inputs are about: topics that nobody named and whose number nobody gave.

#include <functional>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "concepts/company/company.h"
#include "concepts/company/topic_mixture.h"

namespace noema::concepts::company {

struct TopicOptions {
  std::size_t most_words = std::size_t{1} << 15;
  std::uint64_t least_occurrences = 2;               ///< of a word that may tell
  std::size_t most_mentions = std::size_t{1} << 19;  ///< that are re-thought; of more, inputs evenly spaced
  int rounds_all = 20, rounds_choosing = 12, rounds_settling = 8;  ///< of re-thinking; see make_topics()
  int most_reshapings = 4;                                         ///< rounds of merging, dividing and dissolving
  std::optional<std::size_t> topics;                               ///< absent: as many as describe the inputs shortest
  MixtureOptions mixture = {};
};

/// A word that tells topics apart.
struct TopicWord {
  std::string identity, label;
  double share = 0;                                     ///< of all mentions
  std::vector<std::pair<Topic, std::uint32_t>> counts;  ///< of its mentions in each topic, ascending
};

/// A topic: how many inputs it has, and those that it tells best, by their numbers among all inputs (or their ids).
struct TopicEntry {
  std::uint32_t inputs = 0;
  std::vector<std::uint64_t> examples;
};

struct TopicChoice {
  Topic topic = 0;
  double probability = 0;
};

/// The topics, the largest first, and the words that tell them apart.
class Topics {
 public:
  Topics() = default;
  Topics(std::vector<TopicWord> words, std::vector<TopicEntry> entries, double strength);
  Topics(Topics&&) = default;
  Topics& operator=(Topics&&) = default;

  std::size_t size() const { return entries_.size(); }
  const TopicEntry& operator[](Topic topic) const { return entries_[topic]; }
  TopicEntry& operator[](Topic topic) { return entries_[topic]; }
  const std::vector<TopicWord>& words() const { return words_; }
  /// Occurrences that a topic's base measure counts for.
  double strength() const { return strength_; }
  /// The topic of a text that has these words; absent if none of them tells. O(words topics).
  std::optional<TopicChoice> choose(const std::vector<std::string>& identities) const;
  /// The k words that tell the topic best: by the bits that its mentions save against the words' shares.
  std::vector<const TopicWord*> telling(Topic topic, std::size_t k) const;

 private:
  std::vector<TopicWord> words_;
  std::vector<TopicEntry> entries_;
  std::vector<double> totals_;                                 // telling mentions of each topic
  double strength_ = 1, share_ = 0;                            // of the base measure; of telling words in all mentions
  std::unordered_map<std::string_view, std::size_t> numbers_;  // of identities, which lie in words_
};

/// What was made. Of more mentions than were to be re-thought, every so many-th input was looked at.
struct MadeTopics {
  Topics topics;
  std::vector<std::optional<Topic>> of_inputs;  ///< of those looked at; absent where no word tells
  double bits = 0, bits_of_none = 0;            ///< of their mentions: with topics, and by the words' shares alone
};

/// One pass in which each input joins a topic as it comes, then re-thinking: inputs are drawn anew (Gibbs sampling)
/// while all words tell; then each word tells or not, as is shorter; then inputs settle where they are likeliest; then
/// topics are merged, divided and dissolved while that shortens the code. `keep_on` is asked every now and then; absent
/// if it said no. O(rounds mentions topics); 4 bytes a word and topic, 8 a mention.
std::optional<MadeTopics> make_topics(const Episodes& episodes, const NameUnit& names, std::uint64_t seed,
                                      const TopicOptions& options = {}, const std::function<bool()>& keep_on = {});

}  // namespace noema::concepts::company
