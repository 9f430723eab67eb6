#include "concepts/company/topic_mixture.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/numbers.h"

namespace noema::concepts::company {
namespace {

using base::exact_log;
using base::log_gamma;

double x_log_x(double x) { return x > 0 ? x * exact_log(x) : 0; }

/// psi(x) = d ln Gamma(x) / dx for x > 0: shift to x >= 6, then the series (Abramowitz & Stegun 6.3.18).
double digamma(double x) {
  double shift = 0;
  for (; x < 6; x += 1) shift -= 1 / x;
  const double square = 1 / (x * x);
  return shift + exact_log(x) - 0.5 / x - square * (1. / 12 - square * (1. / 120 - square / 252));
}

}  // namespace

Bags::Bags(std::size_t words, const std::vector<std::vector<Word>>& inputs) : begins_{0}, places_(words + 1, 0) {
  for (const auto& input : inputs) {
    mentions_.insert(mentions_.end(), input.begin(), input.end());
    begins_.push_back(mentions_.size());
    for (const Word word : input) ++places_[word + 1];
  }
  for (std::size_t word = 0; word < words; ++word) places_[word + 1] += places_[word];
  inputs_.resize(mentions_.size());
  std::vector<std::size_t> next(places_.begin(), places_.end() - 1);
  for (std::size_t input = 0; input < inputs.size(); ++input)
    for (const Word word : inputs[input]) inputs_[next[word]++] = static_cast<std::uint32_t>(input);
}

TopicMixture::TopicMixture(const Bags& bags, std::size_t least, const MixtureOptions& options)
    : bags_(bags),
      most_topics_(std::max<std::size_t>(options.most_topics, 1)),
      concentration_(options.concentration),
      least_saving_(options.least_saving),
      strength_(options.strength),
      all_(std::max(1.0, static_cast<double>(bags.mentions()))),
      tells_(bags.words(), false),
      counts_(bags.words() * most_topics_, 0),
      sizes_(most_topics_, 0),
      totals_(most_topics_, 0),
      topic_of_(bags.inputs(), kNoTopic),
      chances_(most_topics_, 0),
      exponents_(most_topics_, 0) {
  for (Word word = 0; word < bags.words(); ++word)
    if (bags.occurrences(word) >= least) set_telling(word, true);
}

std::vector<Topic> TopicMixture::topics() const {
  std::vector<Topic> found;
  for (Topic topic = 0; topic < most_topics_; ++topic)
    if (sizes_[topic] > 0) found.push_back(topic);
  return found;
}

std::size_t TopicMixture::telling_mentions_in(std::size_t input) const {
  const auto words = bags_.of(input);
  return static_cast<std::size_t>(std::count_if(words.begin(), words.end(), [&](Word word) { return tells_[word]; }));
}

std::size_t TopicMixture::first_empty() const {
  return static_cast<std::size_t>(std::find(sizes_.begin(), sizes_.end(), 0U) - sizes_.begin());
}

/// Products of ratios, each with an exponent beside it, so that long inputs do not underflow.
const std::vector<double>& TopicMixture::chances(std::size_t input) {
  const std::size_t empty = first_empty();
  for (std::size_t k = 0; k < most_topics_; ++k) chances_[k] = k == empty ? concentration_ : sizes_[k];
  std::fill(exponents_.begin(), exponents_.end(), 0);
  const auto rescale = [&] {
    for (std::size_t k = 0; k < most_topics_; ++k) {
      int exponent = 0;
      chances_[k] = std::frexp(chances_[k], &exponent);
      exponents_[k] += exponent;
    }
  };
  const auto words = bags_.of(input);
  double before = 0;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const Word word = words[i];
    if (!tells_[word]) continue;
    const auto same = std::count(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(i), word);
    const double own = base(word) + static_cast<double>(same), all = base_total() + before;
    const std::uint32_t* counts = counts_.data() + word * most_topics_;
    for (std::size_t k = 0; k < most_topics_; ++k)
      chances_[k] *= (own + counts[k]) / (all + static_cast<double>(totals_[k]));
    if (static_cast<int>(before += 1) % 8 == 0) rescale();
  }
  rescale();
  int most = std::numeric_limits<int>::min();
  for (std::size_t k = 0; k < most_topics_; ++k)
    if (chances_[k] > 0) most = std::max(most, exponents_[k]);
  for (std::size_t k = 0; k < most_topics_; ++k) chances_[k] = std::ldexp(chances_[k], exponents_[k] - most);
  return chances_;
}

void TopicMixture::join(std::size_t input, Topic topic) {
  for (const Word word : bags_.of(input))
    if (tells_[word]) ++counts_[word * most_topics_ + topic], ++totals_[topic];
  ++sizes_[topic];
  topic_of_[input] = topic;
}

void TopicMixture::leave(std::size_t input) {
  const Topic topic = topic_of_[input];
  for (const Word word : bags_.of(input))
    if (tells_[word]) --counts_[word * most_topics_ + topic], --totals_[topic];
  --sizes_[topic];
  topic_of_[input] = kNoTopic;
}

void TopicMixture::place(std::size_t input, Topic topic) {
  if (topic_of_[input] == topic) return;
  if (topic_of_[input] != kNoTopic) leave(input);
  join(input, topic);
}

bool TopicMixture::draw(std::size_t input, base::Rng& rng) {
  const Topic old = topic_of_[input];
  if (old != kNoTopic) leave(input);
  double all = 0;
  for (const double chance : chances(input)) all += chance;
  double left = rng.uniform() * all;
  Topic topic = 0;
  for (Topic k = 0; k < most_topics_ && left >= 0; ++k)
    if (chances_[k] > 0) topic = k, left -= chances_[k];
  join(input, topic);
  return topic != old;
}

bool TopicMixture::settle(std::size_t input) {
  const Topic old = topic_of_[input];
  if (old != kNoTopic) leave(input);
  const auto& chances = this->chances(input);
  const auto topic = static_cast<Topic>(std::max_element(chances.begin(), chances.end()) - chances.begin());
  join(input, topic);
  return topic != old;
}

double TopicMixture::saving(Topic topic, Word word) const {
  if (!tells_[word]) return 0;
  const double here = (base(word) + count(topic, word)) / (base_total() + static_cast<double>(totals_[topic]));
  return exact_log(here * base_total() / base(word));
}

double TopicMixture::price_bits() const {
  double inputs = 0, nats = 0;
  for (const std::uint32_t size : sizes_) inputs += size;
  for (const std::uint32_t size : sizes_)
    if (size > 0) nats -= size / inputs * exact_log(size / inputs);
  return least_saving_ * base::bits_of(nats);
}

double TopicMixture::gain_of_telling(Word word) const {
  std::vector<std::uint32_t> own(most_topics_, 0);
  for (const std::uint32_t input : bags_.inputs_with(word))
    if (topic_of_[input] != kNoTopic) ++own[topic_of_[input]];
  const auto occurrences = static_cast<double>(bags_.occurrences(word));
  const double others = static_cast<double>(telling_) - (tells_[word] ? occurrences : 0);
  const double rest = strength_ * others / all_, a = base(word);
  double nats = x_log_x(others + occurrences) - x_log_x(others) - x_log_x(occurrences);
  const double with_none = log_gamma(rest + a), alone = log_gamma(a), without = rest > 0 ? log_gamma(rest) : 0;
  for (Topic k = 0; k < most_topics_; ++k) {
    if (sizes_[k] == 0) continue;
    const double total = static_cast<double>(totals_[k]) - (tells_[word] ? own[k] : 0);
    nats += with_none - log_gamma(rest + a + total + own[k]);
    if (rest > 0) nats += log_gamma(rest + total) - without;
    if (own[k] > 0) nats += log_gamma(a + own[k]) - alone;
  }
  return base::bits_of(nats) - price_bits() * occurrences;
}

void TopicMixture::set_telling(Word word, bool tells) {
  if (tells_[word] == tells) return;
  tells_[word] = tells;
  const auto occurrences = static_cast<std::uint64_t>(bags_.occurrences(word));
  telling_ = tells ? telling_ + occurrences : telling_ - occurrences;
  for (const std::uint32_t input : bags_.inputs_with(word)) {
    const Topic topic = topic_of_[input];
    if (topic == kNoTopic) continue;
    std::uint32_t& count = counts_[word * most_topics_ + topic];
    tells ? ++count : --count;
    tells ? ++totals_[topic] : --totals_[topic];
  }
}

double TopicMixture::gain_of_merging(Topic a, Topic b) const {
  const double all = base_total();
  const auto of_total = [&](std::uint64_t total) {
    return all > 0 ? log_gamma(all) - log_gamma(all + static_cast<double>(total)) : 0;
  };
  double nats = of_total(totals_[a] + totals_[b]) - of_total(totals_[a]) - of_total(totals_[b]);
  nats += log_gamma(sizes_[a] + sizes_[b]) - log_gamma(sizes_[a]) - log_gamma(sizes_[b]) - exact_log(concentration_);
  for (Word word = 0; word < bags_.words(); ++word) {
    const double in_a = count(a, word), in_b = count(b, word);
    if (in_a == 0 || in_b == 0) continue;  // then nothing changes
    const double own = base(word);
    nats += log_gamma(own + in_a + in_b) + log_gamma(own) - log_gamma(own + in_a) - log_gamma(own + in_b);
  }
  return base::bits_of(nats);
}

std::vector<std::uint32_t> TopicMixture::inputs_of(Topic topic) const {
  std::vector<std::uint32_t> found;
  for (std::size_t input = 0; input < topic_of_.size(); ++input)
    if (topic_of_[input] == topic) found.push_back(static_cast<std::uint32_t>(input));
  return found;
}

void TopicMixture::merge(Topic into, Topic from) {
  for (const std::uint32_t input : inputs_of(from)) place(input, into);
}

/// What the topic and the choice of it add to ln p.
double TopicMixture::nats_of(Topic topic) const {
  if (sizes_[topic] == 0) return 0;
  double nats = log_gamma(sizes_[topic]) + exact_log(concentration_);
  if (totals_[topic] == 0) return nats;
  nats += log_gamma(base_total()) - log_gamma(base_total() + static_cast<double>(totals_[topic]));
  for (Word word = 0; word < bags_.words(); ++word)
    if (const std::uint32_t n = count(topic, word); n > 0) nats += log_gamma(base(word) + n) - log_gamma(base(word));
  return nats;
}

bool TopicMixture::split(Topic topic, base::Rng& rng, bool always) {
  constexpr int kRounds = 4;
  const std::vector<std::uint32_t> inputs = inputs_of(topic);
  const std::size_t empty = first_empty();
  if (inputs.size() < 2 || empty == most_topics_) return false;
  const auto other = static_cast<Topic>(empty);
  const double before = nats_of(topic);
  for (const std::uint32_t input : inputs) leave(input);
  const std::size_t first = rng.below(inputs.size());
  const std::size_t second = (first + 1 + rng.below(inputs.size() - 1)) % inputs.size();
  join(inputs[first], topic);
  join(inputs[second], other);
  for (int round = 0; round < kRounds; ++round)
    for (const std::uint32_t input : inputs) {
      if (topic_of_[input] != kNoTopic && sizes_[topic_of_[input]] == 1) continue;  // keeps both alive
      if (topic_of_[input] != kNoTopic) leave(input);
      const auto& chances = this->chances(input);
      join(input, chances[topic] >= chances[other] ? topic : other);
    }
  if (always || nats_of(topic) + nats_of(other) > before) return true;
  merge(topic, other);
  return false;
}

bool TopicMixture::dissolve(Topic topic) {
  const std::vector<Topic> all = topics();
  const std::vector<std::uint32_t> inputs = inputs_of(topic);
  if (all.size() < 2) return false;
  double before = 0, after = 0;
  for (const Topic k : all) before += nats_of(k);
  for (const std::uint32_t input : inputs) leave(input);
  for (const std::uint32_t input : inputs) {
    const auto& chances = this->chances(input);
    Topic best = topic == all[0] ? all[1] : all[0];
    for (const Topic k : all)
      if (k != topic && chances[k] > chances[best]) best = k;
    join(input, best);
  }
  for (const Topic k : all) after += nats_of(k);
  if (after > before) return true;
  for (const std::uint32_t input : inputs) place(input, topic);
  return false;
}

void TopicMixture::estimate_strength() {
  constexpr int kSteps = 5;
  constexpr double kMost = 1e7;
  const std::vector<Topic> all = topics();
  if (all.size() < 2 || telling_ == 0) return;
  for (int step = 0; step < kSteps; ++step) {
    double words = 0, totals = 0;
    for (const Topic k : all)
      totals +=
          base_total() / strength_ * (digamma(base_total() + static_cast<double>(totals_[k])) - digamma(base_total()));
    for (Word word = 0; word < bags_.words(); ++word) {
      if (!tells_[word]) continue;
      const double own = base(word), none = digamma(own);
      for (const Topic k : all)
        if (const std::uint32_t n = count(k, word); n > 0) words += share(word) * (digamma(own + n) - none);
    }
    if (!(words > 0 && totals > 0)) return;
    strength_ = std::clamp(strength_ * words / totals, 1.0, kMost);
  }
}

double TopicMixture::bits() const {
  TopicMixture again(bags_, 0, {most_topics_, concentration_, strength_, least_saving_});
  double nats = -x_log_x(all_), inputs = 0;
  for (Word word = 0; word < bags_.words(); ++word) {
    again.set_telling(word, tells_[word]);
    if (!tells_[word]) nats += x_log_x(static_cast<double>(bags_.occurrences(word)));
  }
  for (std::size_t input = 0; input < bags_.inputs(); ++input)
    if (topic_of_[input] != kNoTopic) again.join(input, topic_of_[input]), ++inputs;
  for (const Topic k : again.topics()) nats += again.nats_of(k);
  nats += log_gamma(concentration_) - log_gamma(concentration_ + inputs);
  nats += x_log_x(static_cast<double>(again.telling_));
  return -base::bits_of(nats);
}

}  // namespace noema::concepts::company
