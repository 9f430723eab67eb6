#pragma once
// Inputs in topics: a Dirichlet-process mixture over bags of words, with a background for words that tell nothing.

#include <cstdint>
#include <span>
#include <vector>

#include "base/rng.h"
#include "concepts/company/vocabulary.h"

namespace noema::concepts::company {

using Topic = std::uint32_t;
inline constexpr Topic kNoTopic = ~Topic{0};

struct MixtureOptions {
  std::size_t most_topics = 128;
  double concentration = 1;   ///< of the Dirichlet process: how readily an input begins a topic
  double strength = 1000;     ///< occurrences that a topic's base measure counts for, at first
  double least_saving = 0.2;  ///< of a telling word's mention, as a share of what the choice of a topic tells
};

/// The bags of words of inputs, and at which inputs each word stands (once an occurrence). 8 bytes a mention.
class Bags {
 public:
  /// words: their number; each input's words are below it.
  Bags(std::size_t words, const std::vector<std::vector<Word>>& inputs);

  std::size_t inputs() const { return begins_.size() - 1; }
  std::size_t words() const { return places_.size() - 1; }
  std::size_t mentions() const { return mentions_.size(); }
  std::span<const Word> of(std::size_t input) const {
    return {mentions_.data() + begins_[input], mentions_.data() + begins_[input + 1]};
  }
  std::span<const std::uint32_t> inputs_with(Word word) const {
    return {inputs_.data() + places_[word], inputs_.data() + places_[word + 1]};
  }
  std::size_t occurrences(Word word) const { return places_[word + 1] - places_[word]; }

 private:
  std::vector<Word> mentions_;
  std::vector<std::uint32_t> inputs_;
  std::vector<std::size_t> begins_, places_;
};

/// The joint code of all bags, and its exact changes (Yin & Wang 2014, for an open number of topics and with a base
/// measure). A mention of a telling word is coded by its input's topic, a Dirichlet-multinomial with base measure
/// strength * (share of the word in all mentions); any other mention by its word's share. The topics of the inputs are
/// a Chinese restaurant. T all mentions, T_w those of a word, T_t of telling words, n_kw of a telling word in topic k,
/// n_k = sum_w n_kw, m_k inputs, a_w = strength T_w / T, A = sum_w a_w over telling words; in nats:
///
///   - ln p = sum_k [ln G(A + n_k) - ln G(A) - sum_w (ln G(a_w + n_kw) - ln G(a_w))]
///            - sum_k [ln G(m_k) + ln c] + ln G(c + inputs) - ln G(c)
///            + T ln T - T_t ln T_t - sum_{w not telling} T_w ln T_w
///
/// Everything is +, -, *, / and base's logarithms, so its bits agree on every machine.
class TopicMixture {
 public:
  /// No input has a topic yet; the words with at least `least` occurrences tell. The bags must outlive it.
  TopicMixture(const Bags& bags, std::size_t least, const MixtureOptions& options = {});

  Topic topic_of(std::size_t input) const { return topic_of_[input]; }
  std::uint32_t size(Topic topic) const { return sizes_[topic]; }
  /// The topics that have inputs, ascending.
  std::vector<Topic> topics() const;
  bool tells(Word word) const { return tells_[word]; }
  double strength() const { return strength_; }
  std::uint32_t count(Topic topic, Word word) const { return counts_[word * most_topics_ + topic]; }
  std::size_t telling_mentions_in(std::size_t input) const;

  /// For each topic how likely the input would join it, up to a common factor; the first empty one stands for a new
  /// topic, the others have 0. O(mentions topics).
  const std::vector<double>& chances(std::size_t input);
  void join(std::size_t input, Topic topic);
  void leave(std::size_t input);
  /// Leaves its topic, if it has one, and joins one by its chance, or the likeliest one. True if that is another one.
  bool draw(std::size_t input, base::Rng& rng);
  bool settle(std::size_t input);

  /// What a mention of the word saves in the topic, against its share in all mentions, in nats; 0 if it does not tell.
  double saving(Topic topic, Word word) const;

  /// The least that a mention of a telling word must save: a share of the entropy of the topics' sizes, since with few
  /// topics no word can save much.
  double price_bits() const;
  /// By how many bits the code is shorter if the word tells than if it does not, less the price of its mentions.
  /// O(topics + occurrences).
  double gain_of_telling(Word word) const;
  void set_telling(Word word, bool tells);

  /// By how many bits the code is shorter if both are one topic. O(words).
  double gain_of_merging(Topic a, Topic b) const;
  void merge(Topic into, Topic from);
  /// Divides a topic in two around two of its inputs if that shortens the code, or if it is to be so `always`. O(size
  /// mentions).
  bool split(Topic topic, base::Rng& rng, bool always = false);
  /// Puts the inputs of a topic into the others if that shortens the code.
  bool dissolve(Topic topic);

  /// Estimates the strength from the counts (Minka 2000, the fixed point for the scale of a Dirichlet-multinomial).
  void estimate_strength();

  /// The whole code, from the topics and the telling words alone: the plain version of all gains. O(mentions + words
  /// topics).
  double bits() const;

 private:
  double share(Word word) const { return static_cast<double>(bags_.occurrences(word)) / all_; }
  double base(Word word) const { return strength_ * share(word); }
  double base_total() const { return strength_ * static_cast<double>(telling_) / all_; }
  double nats_of(Topic topic) const;
  void place(std::size_t input, Topic topic);
  std::vector<std::uint32_t> inputs_of(Topic topic) const;
  std::size_t first_empty() const;

  const Bags& bags_;
  const std::size_t most_topics_;
  const double concentration_, least_saving_;
  double strength_, all_;
  std::uint64_t telling_ = 0;  // mentions of telling words
  std::vector<bool> tells_;
  std::vector<std::uint32_t> counts_;  // [words, topics]; kept for telling words alone
  std::vector<std::uint32_t> sizes_;   // inputs of each topic
  std::vector<std::uint64_t> totals_;  // telling mentions of each topic
  std::vector<Topic> topic_of_;
  std::vector<double> chances_;
  std::vector<int> exponents_;
};

}  // namespace noema::concepts::company
