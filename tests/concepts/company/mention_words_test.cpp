#include "concepts/company/mention_words.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "base/rng.h"

using namespace noema::concepts::company;
using noema::base::Rng;

namespace {

/// "the" tells nothing, the others do.
Words three_words() {
  std::vector<WordEntry> entries{
      {1, 90, "the", "the", 0.1F}, {2, 10, "river", "river", 2}, {3, 10, "money", "money", 2}};
  return Words(100, std::move(entries), Columns::Identity(3, 3));
}

/// Mentions in two kinds, whose words are drawn from two halves of 20 numbers; a tenth of the words from anywhere.
std::vector<MentionWords> two_kinds(std::size_t count) {
  Rng rng(1);
  std::vector<MentionWords> mentions(count);
  for (std::size_t i = 0; i < count; ++i)
    for (int n = 0; n < 6; ++n) {
      const auto any = static_cast<std::uint32_t>(rng.below(20));
      mentions[i].push_back({rng.below(10) == 0 ? any : static_cast<std::uint32_t>(any / 2 + 10 * (i % 2)), 1.5F});
    }
  return mentions;
}

std::vector<std::size_t> turns(std::size_t count, std::size_t of) {
  std::vector<std::size_t> groups;
  for (std::size_t i = 0; i < count; ++i) groups.push_back(i % of);
  return groups;
}

/// The code as its formula says, with the C library's functions: the plain version.
double plain_code(const std::vector<MentionWords>& mentions, const std::vector<std::size_t>& groups,
                  std::size_t count) {
  double all = 0;
  std::vector<double> shares(20, 0);
  for (const MentionWords& words : mentions)
    for (const auto& [number, weight] : words) shares[number] += double{weight}, all += double{weight};
  double nats = 0;
  for (std::size_t k = 0; k < count; ++k) {
    std::vector<double> counts(20, 0);
    double total = 0, size = 0;
    for (std::size_t i = 0; i < mentions.size(); ++i) {
      if (groups[i] != k) continue;
      ++size;
      for (const auto& [number, weight] : mentions[i]) counts[number] += double{weight}, total += double{weight};
    }
    if (size == 0) continue;
    double sum = std::lgamma(1000) - std::lgamma(1000 + total);
    for (std::size_t w = 0; w < 20; ++w)
      sum += std::lgamma(1000 * shares[w] / all + counts[w]) - std::lgamma(1000 * shares[w] / all);
    nats -= 0.5 * sum + std::lgamma(size);
  }
  return nats;
}

}  // namespace

TEST_CASE("the whole of a mention is one word more, whatever the others weigh", "[company]") {
  const Words words = three_words();
  WordNumbers numbers(words, 5, 2);
  const MentionWords alone = numbers.learn({{1}, {2}, kNoPart}), inside = numbers.learn({{1}, {2}, 7});
  REQUIRE(inside.size() == alone.size() + 1);
  for (std::size_t i = 0; i < alone.size(); ++i) CHECK(inside[i].weight == alone[i].weight);
  CHECK(inside.back().weight > inside.front().weight);
  CHECK(numbers.of({{}, {}, 7}).at(0).number == inside.back().number);
  CHECK(numbers.of({{}, {}, 8}).empty());
}

TEST_CASE("a telling word counts once wherever it stands, the nearest words also by their side", "[company]") {
  const Words words = three_words();
  WordNumbers numbers(words, 3, 1);
  const MentionWords seen = numbers.learn({{0, 1, kNoWord, 2}, {1, 1}});  // money is out of reach
  // the (before), river, river (after)
  REQUIRE(seen.size() == 3);
  CHECK(seen[0].weight == Approx(seen[1].weight / 2));
  float all = 0;
  for (const SeenWord& word : seen) all += word.weight;
  CHECK(all == Approx(4 * std::sqrt(2.F)));  // 1 and two halves
  CHECK(numbers.of({{2}, {}}).empty());
  CHECK(numbers.of({{0, 2}, {}}).size() == 1);
}

TEST_CASE("the gain of joining is the difference of the whole code", "[company]") {
  const auto mentions = two_kinds(60);
  MentionGroups groups(mentions, turns(60, 4), 4);
  for (const auto& [a, b] : std::vector<std::pair<std::size_t, std::size_t>>{{0, 2}, {0, 1}, {1, 3}}) {
    auto joined = turns(60, 4);
    std::replace(joined.begin(), joined.end(), b, a);
    const double plain = plain_code(mentions, turns(60, 4), 4) - plain_code(mentions, joined, 4);
    CHECK(groups.gain_of_joining(a, b) == Approx(plain).margin(1e-6));
  }
  CHECK(groups.saved() ==
        Approx((plain_code(mentions, turns(60, 1), 1) - plain_code(mentions, turns(60, 4), 4)) / 60).margin(1e-6));
}

TEST_CASE("a mention that leaves and comes back changes nothing, and words are likelier among their own kind",
          "[company]") {
  const auto mentions = two_kinds(200);
  MentionGroups groups(mentions, turns(200, 2), 2);
  const double before = groups.saved();
  groups.take_out(7);
  CHECK(groups.size(1) == 99);
  groups.put_in(7, 1);
  CHECK(groups.saved() == Approx(before));
  CHECK(groups.nats(1, mentions[7]) > groups.nats(0, mentions[7]));
}

TEST_CASE("groups of one kind are joined, those of two kinds are not", "[company]") {
  MentionGroups groups(two_kinds(400), turns(400, 4), 4);
  CHECK(groups.join_all(0.5 * groups.saved()) == std::vector<std::size_t>{0, 1, 0, 1});
  CHECK(groups.size(2) == 0);
  CHECK(groups.groups()[3] == 1);
}
