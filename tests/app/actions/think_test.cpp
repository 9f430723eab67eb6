#include "app/actions/think.h"

#include <catch2/catch.hpp>

#include "tests/app/small_life.h"

using namespace noema;
using tests::SmallLife;

TEST_CASE("thinking keeps to its bounds, and ends when it is told to") {
  SmallLife life(tests::tax_lines());
  app::ThinkRequest request;
  request.thoughts = 2;
  request.no_consolidate = true;
  const auto thought = app::think(*life.mind, request, base::Stopwatch(), [](double, std::uint64_t) { return true; });
  CHECK(thought.thinking.thoughts >= 1);
  CHECK(thought.concepts_before > 0);
  const auto json = app::to_json(thought);
  for (const char* key : {"thoughts", "by_kind", "gain_bits", "seconds", "concepts_before", "concepts_after"})
    CHECK(json.contains(key));
  std::uint64_t asked = 0;
  const auto stopped =
      app::think(*life.mind, {}, base::Stopwatch(), [&](double, std::uint64_t) { return ++asked < 2; });
  CHECK(asked >= 2);
  CHECK(stopped.concepts_after > 0);
}
