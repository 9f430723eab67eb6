#include "concepts/company/topics.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "base/numbers.h"

namespace noema::concepts::company {

Topics::Topics(std::vector<TopicWord> words, std::vector<TopicEntry> entries, double strength)
    : words_(std::move(words)), entries_(std::move(entries)), totals_(entries_.size(), 0), strength_(strength) {
  for (std::size_t i = 0; i < words_.size(); ++i) {
    numbers_.try_emplace(words_[i].identity, i);
    share_ += words_[i].share;
    for (const auto& [topic, count] : words_[i].counts) totals_[topic] += count;
  }
}

std::optional<TopicChoice> Topics::choose(const std::vector<std::string>& identities) const {
  std::vector<double> logs;
  for (const TopicEntry& entry : entries_) logs.push_back(base::exact_log(entry.inputs));
  double before = 0;
  std::vector<double> ratios(entries_.size());
  for (const std::string& identity : identities) {
    const auto found = numbers_.find(identity);
    if (found == numbers_.end()) continue;
    const TopicWord& word = words_[found->second];
    std::fill(ratios.begin(), ratios.end(), strength_ * word.share);
    for (const auto& [topic, count] : word.counts) ratios[topic] += count;
    for (std::size_t k = 0; k < logs.size(); ++k)
      logs[k] += base::exact_log(ratios[k] / (strength_ * share_ + totals_[k] + before));
    ++before;
  }
  if (before == 0 || logs.empty()) return std::nullopt;
  const auto best = std::max_element(logs.begin(), logs.end());
  double all = 0;
  for (const double log : logs) all += std::exp(log - *best);
  return TopicChoice{static_cast<Topic>(best - logs.begin()), 1 / all};
}

std::vector<const TopicWord*> Topics::telling(Topic topic, std::size_t k) const {
  std::vector<ScoredWord> scored;
  for (std::size_t i = 0; i < words_.size(); ++i)
    for (const auto& [other, count] : words_[i].counts)
      if (other == topic) {
        const double here = (strength_ * words_[i].share + count) / (strength_ * share_ + totals_[topic]);
        scored.push_back({static_cast<Word>(i), count * base::exact_log(here * share_ / words_[i].share)});
      }
  std::vector<const TopicWord*> found;
  for (const auto& [word, nats] : best_of(std::move(scored), k))
    if (nats > 0) found.push_back(&words_[word]);
  return found;
}

namespace {

struct StoppedMaking {};

/// Re-thinks a mixture; each step ends by itself or by StoppedMaking.
class Rethinking {
 public:
  Rethinking(const Bags& bags, TopicMixture& mixture, std::uint64_t seed, const std::function<bool()>& keep_on)
      : bags_(bags), mixture_(mixture), rng_(seed), keep_on_(keep_on) {}

  void draw_all() {
    for (std::size_t input = 0; input < bags_.inputs(); ++input) ask(), mixture_.draw(input, rng_);
    mixture_.estimate_strength();
  }
  void settle_all() {
    for (std::size_t input = 0; input < bags_.inputs(); ++input) ask(), mixture_.settle(input);
    mixture_.estimate_strength();
  }
  void choose_words(std::uint64_t least) {
    for (Word word = 0; word < bags_.words(); ++word) {
      if (bags_.occurrences(word) < least) continue;
      ask();
      mixture_.set_telling(word, mixture_.gain_of_telling(word) > 0);
    }
  }
  /// True if anything became shorter.
  bool reshape() {
    bool changed = false;
    for (const Topic topic : mixture_.topics()) {
      ask();
      changed |= mixture_.split(topic, rng_);
    }
    while (merge_best(0)) changed = true;
    for (const Topic topic : mixture_.topics()) {
      ask();
      changed |= mixture_.dissolve(topic);
    }
    return changed;
  }
  /// Divides the largest topics, or merges those that cost least, until there are so many; fewer if none divides.
  void make_as_many(std::size_t wanted) {
    if (bags_.inputs() == 0) return;
    for (std::vector<Topic> all = mixture_.topics(); all.size() < wanted; all = mixture_.topics()) {
      const auto larger = [&](Topic a, Topic b) { return mixture_.size(a) < mixture_.size(b); };
      if (!mixture_.split(*std::max_element(all.begin(), all.end(), larger), rng_, true)) break;
    }
    while (mixture_.topics().size() > wanted && merge_best(-std::numeric_limits<double>::infinity())) continue;
  }

 private:
  bool merge_best(double most) {
    Topic into = kNoTopic, from = kNoTopic;
    const std::vector<Topic> all = mixture_.topics();
    for (const Topic a : all)
      for (const Topic b : all) {
        if (b >= a) break;
        if (const double gain = mixture_.gain_of_merging(a, b); gain > most) most = gain, into = b, from = a;
      }
    if (from == kNoTopic) return false;
    mixture_.merge(into, from);
    return true;
  }
  void ask() {
    if (++steps_ % 1024 == 0 && keep_on_ && !keep_on_()) throw StoppedMaking{};
  }

  const Bags& bags_;
  TopicMixture& mixture_;
  base::Rng rng_;
  const std::function<bool()>& keep_on_;
  std::uint64_t steps_ = 0;
};

void rethink(Rethinking& thinking, const TopicOptions& options) {
  thinking.draw_all();  // each input joins as it comes
  for (int round = 0; round < options.rounds_all; ++round) thinking.draw_all();
  for (int round = 0; round < options.rounds_choosing; ++round) {
    thinking.draw_all();
    thinking.choose_words(options.least_occurrences);
  }
  for (int reshaping = 0; reshaping <= options.most_reshapings; ++reshaping) {
    for (int round = 0; round < options.rounds_settling; ++round) {
      thinking.settle_all();
      thinking.choose_words(options.least_occurrences);
    }
    if (reshaping == options.most_reshapings || !thinking.reshape()) break;
  }
  if (options.topics) thinking.make_as_many(*options.topics);
}

/// Of so many inputs one is looked at.
std::uint64_t step_of(const Vocabulary& vocabulary, std::size_t most) {
  return 1 + vocabulary.units() / std::max<std::size_t>(most, 1);
}

/// The inputs as numbers of words.
std::vector<std::vector<Word>> bags_of(const Episodes& episodes, const Vocabulary& vocabulary, std::uint64_t step) {
  std::uint64_t number = 0;
  std::vector<std::vector<Word>> inputs;
  episodes([&](std::span<const ConceptId> units) {
    if (number++ % step != 0) return;
    std::vector<Word>& input = inputs.emplace_back();
    for (const ConceptId unit : units)
      if (const Word word = vocabulary.find(unit); word != kNoWord) input.push_back(word);
  });
  return inputs;
}

/// The topics of a mixture by size: how many inputs with a telling word each has.
struct BySize {
  BySize(const TopicMixture& mixture, const Bags& bags, std::size_t most) : rank(most), order(most) {
    std::vector<std::uint32_t> told(most, 0);
    for (std::size_t input = 0; input < bags.inputs(); ++input)
      if (mixture.telling_mentions_in(input) > 0) ++told[mixture.topic_of(input)];
    std::iota(order.begin(), order.end(), 0U);
    std::stable_sort(order.begin(), order.end(), [&](Topic a, Topic b) { return told[a] > told[b]; });
    for (Topic i = 0; i < most; ++i) {
      rank[order[i]] = i;
      if (told[order[i]] > 0) entries.push_back({told[order[i]], {}});
    }
  }
  std::vector<Topic> rank, order;  ///< of the mixture's topics; those by rank
  std::vector<TopicEntry> entries;
};

std::vector<TopicWord> telling_words(const TopicMixture& mixture, const Bags& bags, const Vocabulary& vocabulary,
                                     const NameUnit& names, const BySize& by_size) {
  std::vector<TopicWord> words;
  for (Word word = 0; word < bags.words(); ++word) {
    auto name = mixture.tells(word) ? names(vocabulary.unit(word)) : std::nullopt;
    if (!name) continue;
    const double share = static_cast<double>(bags.occurrences(word)) / static_cast<double>(bags.mentions());
    words.push_back({std::move(name->identity), std::move(name->label), share, {}});
    for (Topic i = 0; i < by_size.entries.size(); ++i)
      if (const std::uint32_t n = mixture.count(by_size.order[i], word); n > 0) words.back().counts.emplace_back(i, n);
  }
  return words;
}

/// The inputs whose words save most in their topic, for their length: what topics show of themselves.
void take_examples(Topics& topics, const TopicMixture& mixture, const Bags& bags, const BySize& by_size,
                   std::uint64_t step) {
  constexpr std::size_t kExamples = 5;
  constexpr double kSmoothing = 6;  // mentions; else inputs of one word would come first
  std::vector<std::vector<std::pair<double, std::uint64_t>>> best(topics.size());
  for (std::size_t input = 0; input < bags.inputs(); ++input) {
    if (mixture.telling_mentions_in(input) == 0) continue;
    const Topic topic = mixture.topic_of(input);
    double nats = 0;
    for (const Word word : bags.of(input)) nats += mixture.saving(topic, word);
    best[by_size.rank[topic]].emplace_back(-nats / (static_cast<double>(bags.of(input).size()) + kSmoothing),
                                           input * step);
  }
  for (Topic topic = 0; topic < topics.size(); ++topic) {
    auto& scored = best[topic];
    const std::size_t count = std::min(kExamples, scored.size());
    std::partial_sort(scored.begin(), scored.begin() + static_cast<std::ptrdiff_t>(count), scored.end());
    for (std::size_t i = 0; i < count; ++i) topics[topic].examples.push_back(scored[i].second);
  }
}

MadeTopics result_of(const TopicMixture& mixture, const Bags& bags, const Vocabulary& vocabulary, const NameUnit& names,
                     const TopicOptions& options, std::uint64_t step) {
  MadeTopics made;
  const BySize by_size(mixture, bags, std::max(options.mixture.most_topics, options.topics.value_or(0)));
  for (std::size_t input = 0; input < bags.inputs(); ++input)
    made.of_inputs.push_back(
        mixture.telling_mentions_in(input) > 0 ? std::optional(by_size.rank[mixture.topic_of(input)]) : std::nullopt);
  made.topics = Topics(telling_words(mixture, bags, vocabulary, names, by_size), by_size.entries, mixture.strength());
  take_examples(made.topics, mixture, bags, by_size, step);
  made.bits = mixture.bits();
  made.bits_of_none = TopicMixture(bags, ~std::size_t{0}, options.mixture).bits();
  return made;
}

}  // namespace

std::optional<MadeTopics> make_topics(const Episodes& episodes, const NameUnit& names, std::uint64_t seed,
                                      const TopicOptions& options, const std::function<bool()>& keep_on) {
  const Vocabulary vocabulary = commonest_units(episodes, options.most_words, 1);
  const std::uint64_t step = step_of(vocabulary, options.most_mentions);
  const Bags bags(vocabulary.size(), bags_of(episodes, vocabulary, step));
  MixtureOptions with_room = options.mixture;
  with_room.most_topics = std::max(with_room.most_topics, options.topics.value_or(0));
  TopicMixture mixture(bags, options.least_occurrences, with_room);
  Rethinking thinking(bags, mixture, seed, keep_on);
  try {
    rethink(thinking, options);
  } catch (const StoppedMaking&) {
    return std::nullopt;
  }
  return result_of(mixture, bags, vocabulary, names, options, step);
}

}  // namespace noema::concepts::company
