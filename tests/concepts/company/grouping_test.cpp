#include "concepts/company/grouping.h"

#include <catch2/catch.hpp>

#include "tests/concepts/company/texts.h"

using namespace noema::concepts::company;
using namespace noema::tests;

namespace {

Columns clouds(std::size_t count, Eigen::Index points) {
  noema::base::Rng rng(1);
  Columns result(points, 12);
  for (Eigen::Index i = 0; i < points; ++i)
    for (Eigen::Index d = 0; d < 12; ++d)
      result(i, d) = static_cast<float>(0.1 * rng.normal()) + (d == i % static_cast<Eigen::Index>(count) ? 1 : 0);
  result.rowwise().normalize();
  return result;
}

}  // namespace

TEST_CASE("clouds are grouped, few points and many, with their number given or not", "[company]") {
  for (const Eigen::Index points : {60, 4000})
    for (const auto given : {std::optional<std::size_t>(5), std::optional<std::size_t>()}) {
      const auto groups = group_points(clouds(5, points), given, 1);
      for (std::size_t i = 0; i < groups.size(); ++i) CHECK(groups[i] == i % 5);
    }
}

TEST_CASE("a text's direction is that of its telling words", "[company]") {
  const Text text = world_of_kinds(1, 2000);
  const auto company = make_company(
      episodes_of(text),
      [](auto unit) {
        return std::optional(UnitNames{std::to_string(unit), "x"});
      },
      1);
  const auto word = [&](unsigned unit) { return *company->words.find(std::to_string(unit)); };
  const Columns directions = company->words.directions(20);
  const auto of = [&](std::vector<Word> words) { return direction_of(words, company->words, directions); };
  CHECK(of({word(1001), word(1), word(2)}).dot(of({word(1002), word(501)})) >
        of({word(1001), word(1), word(2)}).dot(of({word(1001), word(11)})));
  CHECK(of({}).isZero(0));
}
