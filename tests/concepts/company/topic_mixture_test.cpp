#include "concepts/company/topic_mixture.h"

#include <catch2/catch.hpp>
#include <cmath>

using namespace noema::concepts::company;
using noema::base::Rng;

namespace {

/// Inputs of two kinds, each with words of its own (0 to 9, 10 to 19) among common ones (20 to 24).
std::vector<std::vector<Word>> inputs_of_two_kinds(std::size_t inputs, std::uint64_t seed) {
  Rng rng(seed);
  std::vector<std::vector<Word>> result(inputs);
  for (std::size_t i = 0; i < inputs; ++i)
    for (std::size_t n = 2 + rng.below(6); n > 0; --n)
      result[i].push_back(static_cast<Word>(rng.below(2) == 0 ? 20 + rng.below(5) : 10 * (i % 2) + rng.below(10)));
  return result;
}

struct Drawn {
  explicit Drawn(std::uint64_t seed, MixtureOptions options = {})
      : bags(25, inputs_of_two_kinds(200, seed)), mixture(bags, 1, options), rng(seed) {
    for (std::size_t input = 0; input < bags.inputs(); ++input) mixture.draw(input, rng);
  }
  Bags bags;
  TopicMixture mixture;
  Rng rng;
};

}  // namespace

TEST_CASE("the code of two inputs is the ratio of Gamma functions worked out by hand", "[company]") {
  const Bags bags(2, {{0, 1}, {0, 1}});
  MixtureOptions options;
  options.strength = 2;  // so that each word's base measure is 1
  TopicMixture mixture(bags, 1, options);
  mixture.join(0, 0);
  const auto chances = mixture.chances(1);
  CHECK(chances[0] / chances[1] == Approx((2. / 4 * 2 / 5) / (1. / 2 * 1 / 3)));
  CHECK(chances[2] == 0);
  mixture.join(1, 0);
  CHECK(mixture.bits() == Approx(std::log2(60)));
  mixture.leave(1);
  mixture.join(1, 1);
  CHECK(mixture.bits() == Approx(std::log2(72)));
  CHECK(mixture.gain_of_merging(0, 1) == Approx(std::log2(72. / 60)));
}

TEST_CASE("a word that does not tell is coded by its share", "[company]") {
  const Bags bags(2, {{0, 1}, {0, 0}});
  TopicMixture mixture(bags, 5);
  mixture.join(0, 0);
  mixture.join(1, 0);
  CHECK_FALSE(mixture.tells(0));
  CHECK(mixture.bits() == Approx(3 * std::log2(4. / 3) + 2 + 1));  // the words, and that both have one topic
}

TEST_CASE("every gain is the change of the whole code, computed anew", "[company]") {
  for (const std::uint64_t seed : {1, 2, 3}) {
    Drawn drawn(seed, {.most_topics = 6, .strength = 30});
    TopicMixture& mixture = drawn.mixture;
    for (int i = 0; i < 40; ++i) {
      const std::size_t input = drawn.rng.below(drawn.bags.inputs());
      mixture.leave(input);
      const std::vector<double> chances = mixture.chances(input);
      const std::vector<Topic> topics = mixture.topics();
      const Topic a = topics[drawn.rng.below(topics.size())], b = topics[drawn.rng.below(topics.size())];
      mixture.join(input, a);
      const double in_a = mixture.bits();
      mixture.leave(input);
      mixture.join(input, b);
      CHECK(in_a - mixture.bits() == Approx(std::log2(chances[b] / chances[a])).margin(1e-6));
    }
    const double price = mixture.price_bits();
    for (Word word = 0; word < drawn.bags.words(); word += 3) {
      const double gain = mixture.gain_of_telling(word) + price * static_cast<double>(drawn.bags.occurrences(word));
      const double told = mixture.bits();
      mixture.set_telling(word, false);
      CHECK(mixture.bits() - told == Approx(gain).margin(1e-6));
      CHECK(mixture.gain_of_telling(word) + price * static_cast<double>(drawn.bags.occurrences(word)) ==
            Approx(gain).margin(1e-6));
      if (word % 2 == 0) mixture.set_telling(word, true);
    }
    while (mixture.topics().size() > 1) {
      const std::vector<Topic> topics = mixture.topics();
      const double gain = mixture.gain_of_merging(topics[0], topics[1]), before = mixture.bits();
      mixture.merge(topics[0], topics[1]);
      CHECK(before - mixture.bits() == Approx(gain).margin(1e-6));
    }
  }
}

TEST_CASE("dividing and dissolving shorten the code or change nothing", "[company]") {
  for (const std::uint64_t seed : {1, 2, 3}) {
    Drawn drawn(seed, {.strength = 30});
    for (int i = 0; i < 30; ++i) {
      const std::vector<Topic> topics = drawn.mixture.topics();
      const Topic topic = topics[drawn.rng.below(topics.size())];
      const double before = drawn.mixture.bits();
      const bool changed = i % 2 == 0 ? drawn.mixture.split(topic, drawn.rng) : drawn.mixture.dissolve(topic);
      CHECK((changed ? drawn.mixture.bits() < before : drawn.mixture.bits() == Approx(before).margin(1e-6)));
    }
  }
}

TEST_CASE("two kinds of input come apart, by the words of each and not by common ones", "[company]") {
  Drawn drawn(4, {.strength = 30});
  TopicMixture& mixture = drawn.mixture;
  const auto choose = [&] {
    for (Word word = 0; word < drawn.bags.words(); ++word) mixture.set_telling(word, mixture.gain_of_telling(word) > 0);
  };
  for (int round = 0; round < 30; ++round) {
    for (std::size_t input = 0; input < drawn.bags.inputs(); ++input) mixture.draw(input, drawn.rng);
    mixture.estimate_strength();
    if (round > 20) choose();
  }
  for (std::size_t input = 0; input < drawn.bags.inputs(); ++input) mixture.settle(input);
  for (Word word = 20; word < 25; ++word) CHECK_FALSE(mixture.tells(word));
  std::size_t right = 0, told = 0;
  for (std::size_t input = 2; input < drawn.bags.inputs(); ++input) {
    if (mixture.telling_mentions_in(input) == 0) continue;
    ++told;
    right += (mixture.topic_of(input) == mixture.topic_of(input - 2));
  }
  CHECK(told > 150);
  CHECK(right > told * 8 / 10);
}

TEST_CASE("the chances of a very long input are finite", "[company]") {
  std::vector<std::vector<Word>> inputs{std::vector<Word>(5000, 0), std::vector<Word>(5000, 1), {0, 1}};
  const Bags bags(2, inputs);
  TopicMixture mixture(bags, 1);
  mixture.join(1, 0);
  mixture.join(2, 1);
  double all = 0;
  for (const double chance : mixture.chances(0)) all += chance;
  CHECK(std::isfinite(all));
  CHECK(all > 0);
}
