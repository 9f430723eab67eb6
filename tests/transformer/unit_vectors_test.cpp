#include "transformer/unit_vectors.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "base/error.h"

using namespace noema::transformer;

namespace {

constexpr Token kA = kSpecials, kB = kSpecials + 1, kC = kSpecials + 2;  // each begins a unit
constexpr int kBeginEnd = kSpecials + 3;
constexpr Token kX = kBeginEnd, kY = kBeginEnd + 1;  // each continues one
constexpr float kLong = UnitTrail::kLength;

/// Units "a" and "a x" (a row each) and "b", which is also written "c y". The second tells nothing.
std::shared_ptr<const UnitVectors> some_vectors() {
  return std::make_shared<const UnitVectors>(
      kBeginEnd, std::vector<UnitVectors::Writing>{{{kA}, 0}, {{kA, kX}, 1}, {{kB}, 2}, {{kC, kY}, 2}},
      std::vector<float>{1, 0, 0, 2, -1, 0}, std::vector<float>{1, 0, 3});
}

std::vector<float> row_of(const UnitTrail& trail, std::size_t row) {
  const auto found = trail.window().subspan(row * trail.width(), trail.width());
  return {found.begin(), found.end()};
}

}  // namespace

TEST_CASE("the tokens of a unit lead to its row, and those of no unit to none") {
  const auto vectors = some_vectors();
  CHECK(vectors->width() == 2);
  CHECK(vectors->rows() == 3);
  const auto row = [&](const std::vector<Token>& tokens) {
    UnitVectors::Position position = UnitVectors::kRoot;
    for (const Token token : tokens) position = vectors->next(position, token);
    return vectors->row_at(position);
  };
  CHECK(row({}) == -1);
  CHECK(row({kA}) == 0);
  CHECK(row({kA, kX}) == 1);
  CHECK(row({kA, kX, kX}) == -1);
  CHECK(row({kC}) == -1);
  CHECK(row({kC, kY}) == 2);
  CHECK(row({kB}) == 2);
  CHECK(row({kX}) == -1);
  CHECK(vectors->begins(kC));
  CHECK_FALSE(vectors->begins(kX));
  CHECK_FALSE(vectors->begins(kStart));
}

TEST_CASE("a trail knows the unit that is written so far, and what was read before it") {
  UnitTrail trail(some_vectors());
  CHECK(trail.width() == 4);
  CHECK(row_of(trail, 0) == std::vector<float>{0, 0, 0, 0});
  const std::vector<Token> first{kA, kX, kC, kY};
  CHECK(trail.read(first).size() == 16);
  CHECK(row_of(trail, 1) == std::vector<float>{kLong, 0, 0, 0});
  CHECK(row_of(trail, 2) == std::vector<float>{0, kLong, 0, 0});
  CHECK(row_of(trail, 3) == std::vector<float>{0, 0, 0, 0});  // "a x" tells nothing, and "c" is no unit
  CHECK(row_of(trail, 4) == std::vector<float>{-kLong, 0, 0, 0});
  const std::vector<Token> second{kA, kA, kX};
  trail.read(second);
  CHECK(row_of(trail, 5) == std::vector<float>{kLong, 0, -kLong, 0});
  CHECK(row_of(trail, 6) == std::vector<float>{kLong, 0, -kLong, 0});  // 1 of "a" against 3 of "c y"
  CHECK(trail.memory().topic[0] == Approx(1 - 3 * std::pow(0.5, 1 / UnitTrail::kHalfLife)));
  CHECK(row_of(trail, 7) == std::vector<float>{0, kLong, -kLong, 0});
}

TEST_CASE("in pieces a trail reads what it reads at once, and it keeps the rows of the last tokens") {
  const std::vector<Token> tokens{kA, kX, kC, kY, kB, kX, kA, kB};
  UnitTrail once(some_vectors()), pieces(some_vectors());
  once.read(tokens);
  for (std::size_t i = 0; i < tokens.size(); ++i) pieces.read(std::span(tokens).subspan(i, 1));
  CHECK(std::equal(once.window().begin(), once.window().end(), pieces.window().begin(), pieces.window().end()));
  const std::vector<float> before(once.window().begin(), once.window().end());
  once.keep(3);
  REQUIRE(once.window().size() == 16);
  CHECK(std::equal(once.window().begin() + 4, once.window().end(), before.end() - 12));
  CHECK(row_of(once, 0) == std::vector<float>{0, 0, before[5 * 4 + 2], before[5 * 4 + 3]});
  CHECK(once.read(tokens).size() == 32);
  once.clear();
  once.read(tokens);
  CHECK(std::vector<float>(once.window().begin(), once.window().end()) == before);
}

TEST_CASE("a trail that is restored goes on as the one that was stored") {
  const std::vector<Token> first{kA, kC}, second{kY, kB, kA};
  UnitTrail trail(some_vectors()), restored(some_vectors());
  trail.read(first);
  restored.restore(trail.memory(), {trail.window().begin(), trail.window().end()});
  trail.read(second);
  restored.read(second);
  CHECK(std::equal(trail.window().begin(), trail.window().end(), restored.window().begin(), restored.window().end()));
  CHECK_THROWS_AS(restored.restore({0, {1, 2, 3}}, {}), noema::base::Bug);
  CHECK_THROWS_AS(restored.restore({99, {1, 2}}, {}), noema::base::Bug);
  CHECK_THROWS_AS(restored.restore({0, {1, 2}}, {1, 2, 3}), noema::base::Bug);
}

TEST_CASE("without vectors nothing is known") {
  UnitTrail trail;
  const std::vector<Token> tokens{kA, kX, kB};
  CHECK(trail.read(tokens).empty());
  trail.keep(1);
  CHECK(trail.width() == 0);
  CHECK(trail.window().empty());
}

TEST_CASE("vectors that do not fit their units are refused") {
  const auto make = [](std::vector<UnitVectors::Writing> writings, std::vector<float> vectors) {
    return UnitVectors(kBeginEnd, std::move(writings), std::move(vectors), {1, 1});
  };
  CHECK_NOTHROW(make({{{kA}, 0}, {{kA}, 0}}, {1, 2}));
  CHECK_THROWS_AS(make({{{kA}, 0}, {{kA}, 1}}, {1, 2}), noema::base::Bug);
  CHECK_THROWS_AS(make({{{kA}, 2}}, {1, 2}), noema::base::Bug);
  CHECK_THROWS_AS(make({{{}, 0}}, {1, 2}), noema::base::Bug);
  CHECK_THROWS_AS(make({{{kA}, 0}}, {1, 2, 3}), noema::base::Bug);
}
