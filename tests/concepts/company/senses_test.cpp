#include "concepts/company/senses.h"

#include <catch2/catch.hpp>

#include "tests/concepts/company/companies.h"

using namespace noema::concepts::company;
using namespace noema::tests;

namespace {

/// The same words around each mention: they tell nothing.
std::vector<MentionWords> all_alike(Eigen::Index mentions) {
  return std::vector<MentionWords>(static_cast<std::size_t>(mentions), MentionWords{{0, 1}, {1, 1}});
}

}  // namespace

TEST_CASE("mentions in clouds that lie apart have as many senses, and each is chosen surely", "[company]") {
  const Columns contexts = clouds(3, 300);
  const Senses senses(contexts, all_alike(contexts.rows()), 1);
  REQUIRE(senses.senses() == 3);
  CHECK(senses.fine_senses() >= 3);
  CHECK(senses.fine_senses() <= SenseOptions{}.most_fine);
  for (Eigen::Index i = 0; i < 30; ++i) {
    const SenseChoice choice = senses.choose({contexts.row(i), {}});
    CHECK(choice.sense == senses.sense_of(senses.fine_of_mentions()[static_cast<std::size_t>(i % 3)]));
    CHECK(choice.probability > 0.9);
  }
}

TEST_CASE("one mention, and mentions that are all alike, have one sense", "[company]") {
  CHECK(Senses(Columns::Ones(1, 8), all_alike(1), 1).senses() == 1);
  const Senses alike(Columns::Ones(20, 8), all_alike(20), 1);
  CHECK(alike.senses() == 1);
  CHECK(alike.choose({Eigen::RowVectorXf::Ones(8), {}}).probability == Approx(1));
}

TEST_CASE("a context takes near words whole and far ones as they tell", "[company]") {
  std::vector<WordEntry> entries{{1, 90, "the", "the", 0.1F}, {2, 10, "river", "river", 2}};
  Columns vectors(2, 2);
  vectors << 1, 0, 0, 1;
  const Words words(100, std::move(entries), vectors);
  const Columns directions = words.directions(2);
  const auto context = context_of({{0, 1}, {}}, words, directions);
  CHECK(context[0] == Approx(0.125));      // a quarter of the mean of two near words
  CHECK(context[1] == Approx(1 + 0.125));  // all that tells, and the same
  CHECK(context_of({}, words, directions).isZero(0));
}

TEST_CASE("where contexts are alike, words tell senses apart, and the choice follows them", "[company]") {
  // Contexts differ at random; every other mention stands with other words.
  const Columns contexts = clouds(1, 400);
  std::vector<MentionWords> words;
  for (std::uint32_t i = 0; i < 400; ++i) {
    MentionWords seen;
    for (std::uint32_t n = 0; n < 5; ++n) seen.push_back({10 * (i % 2) + (i / 2 + 3 * n) % 10, 2});
    words.push_back(std::move(seen));
  }
  const Senses senses(contexts, words, 1);
  REQUIRE(senses.senses() >= 2);
  std::size_t apart = 0;
  for (std::size_t i = 0; i + 1 < 400; i += 2) {
    const auto sense = [&](std::size_t mention) {
      return senses.choose({contexts.row(static_cast<Eigen::Index>(mention)), words[mention]}).sense;
    };
    if (sense(i) != sense(i + 1)) ++apart;
  }
  CHECK(apart >= 190);
}

TEST_CASE("the same mentions and seed make the same senses", "[company]") {
  const Columns contexts = clouds(3, 120);
  const Senses once(contexts, all_alike(120), 5), again(contexts, all_alike(120), 5);
  CHECK(once.fine_of_mentions() == again.fine_of_mentions());
}
