#include "concepts/company/senses.h"

#include <catch2/catch.hpp>

#include "tests/concepts/company/companies.h"

using namespace noema::concepts::company;
using namespace noema::tests;

TEST_CASE("mentions in clouds that lie apart have as many senses, and each is chosen surely", "[company]") {
  const Columns contexts = clouds(3, 300);
  const Senses senses(contexts, 1);
  REQUIRE(senses.senses() == 3);
  CHECK(senses.fine_senses() >= 3);
  CHECK(senses.fine_senses() <= SenseOptions{}.most_fine);
  for (Eigen::Index i = 0; i < 30; ++i) {
    const SenseChoice choice = senses.choose(contexts.row(i));
    CHECK(choice.sense == senses.sense_of(senses.fine_of_mentions()[static_cast<std::size_t>(i % 3)]));
    CHECK(choice.probability > 0.9);
  }
}

TEST_CASE("one mention, and mentions that are all alike, have one sense", "[company]") {
  CHECK(Senses(Columns::Ones(1, 8), 1).senses() == 1);
  const Senses alike(Columns::Ones(20, 8), 1);
  CHECK(alike.senses() == 1);
  CHECK(alike.choose(Eigen::RowVectorXf::Ones(8)).probability == Approx(1));
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
