#pragma once
// What the tests of company make of texts, and points to group.

#include <optional>
#include <string>

#include "concepts/company/company.h"
#include "tests/concepts/company/texts.h"

namespace noema::tests {

/// What is made of a text whose units are named by their numbers and shown as "x".
inline concepts::company::Company company_of(const Text& text) {
  const auto name = [](concepts::ConceptId unit) {
    return std::optional(concepts::company::UnitNames{std::to_string(unit), "x", {}});
  };
  return *concepts::company::make_company(episodes_of(text), name, 1);
}

/// Points around `count` directions, in turn.
inline concepts::company::Columns clouds(std::size_t count, Eigen::Index points) {
  base::Rng rng(1);
  concepts::company::Columns result(points, 12);
  for (Eigen::Index i = 0; i < points; ++i)
    for (Eigen::Index d = 0; d < 12; ++d)
      result(i, d) = static_cast<float>(0.1 * rng.normal()) + (d == i % static_cast<Eigen::Index>(count) ? 1 : 0);
  return result;
}

}  // namespace noema::tests
