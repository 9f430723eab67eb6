#include "concepts/company/grouping.h"

#include <catch2/catch.hpp>

#include "tests/concepts/company/companies.h"

using namespace noema::concepts::company;
using namespace noema::tests;

TEST_CASE("clouds are grouped, few points and many, with their number given or not", "[company]") {
  for (const Eigen::Index points : {60, 4000})
    for (const auto given : {std::optional<std::size_t>(5), std::optional<std::size_t>()}) {
      const auto groups = group_points(clouds(5, points).rowwise().normalized(), given, 1);
      for (std::size_t i = 0; i < groups.size(); ++i) CHECK(groups[i] == i % 5);
    }
}

TEST_CASE("a text's direction is that of its telling words", "[company]") {
  const Text text = world_of_kinds(1, 2000);
  const Company company = company_of(text);
  const auto word = [&](unsigned unit) { return *company.words.find(std::to_string(unit)); };
  const Columns directions = company.words.directions(20);
  const auto of = [&](std::vector<Word> words) { return direction_of(words, company.words, directions); };
  CHECK(of({word(1001), word(1), word(2)}).dot(of({word(1002), word(501)})) >
        of({word(1001), word(1), word(2)}).dot(of({word(1001), word(11)})));
  CHECK(of({}).isZero(0));
}
