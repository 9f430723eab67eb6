#include "transformer/composites.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "base/error.h"

using namespace noema::transformer;

namespace {

using Unit = Composites::Unit;

constexpr int kBeginEnd = 10;
const Unit kA{4}, kB{5}, kC{6, 11};

Composites some() {
  Composites composites;
  composites.add({kA, kB});
  composites.add({kA, kB, kC});
  composites.add({kB, kA});
  composites.add({kC, kC});
  return composites;
}

/// A made-up teller: ln P of what it says next, where a unit begins, from what it has said; first the units a, b, c,
/// then the composites.
std::vector<double> teller(const std::vector<Unit>& said) {
  std::vector<double> p;
  double sum = 0;
  for (int i = 0; i < 7; ++i) {
    double x = 1 + i;
    for (const Unit& unit : said) x = std::fmod(x * 1.7 + unit.front(), 5.0) + 0.1;
    p.push_back(x);
    sum += x;
  }
  for (double& x : p) x = std::log(x / sum);
  return p;
}

/// Sum of P over all continuations of `said` by `more` units.
double sum_over(const Composites& composites, const CompositeState& state, std::vector<Unit> said, int more) {
  if (more == 0) return 1;
  double sum = 0;
  const auto p = teller(said);
  const Unit all[] = {kA, kB, kC};
  for (std::size_t u = 0; u < 3; ++u) {
    CompositeState next = state;
    std::vector<std::pair<int, double>> starts;
    for (int c : composites.beginning_with(all[u])) starts.emplace_back(c, p[3 + static_cast<std::size_t>(c)]);
    const double probability = std::exp(-next.read(composites, all[u], p[u], starts));
    said.push_back(all[u]);
    sum += probability * sum_over(composites, next, said, more - 1);
    said.pop_back();
  }
  return sum;
}

}  // namespace

TEST_CASE("the probabilities of all texts of a length sum to one") {
  for (int length : {1, 2, 3, 6}) REQUIRE(sum_over(some(), {}, {}, length) == Approx(1).epsilon(1e-9));
}

TEST_CASE("a text's probability is the sum over all ways of saying it") {
  const Composites composites = some();
  CompositeState state;
  // a b, with P(a) = P(b) = 0.1 and P(ab) = 0.2, P(abc) = 0.3; then c, of 0.05, with P(cc) = 0.01.
  const double first = state.read(composites, kA, std::log(0.1),
                                  std::vector<std::pair<int, double>>{{0, std::log(0.2)}, {1, std::log(0.3)}});
  REQUIRE(std::exp(-first) == Approx(0.6));
  const double second =
      state.read(composites, kB, std::log(0.1), std::vector<std::pair<int, double>>{{2, std::log(0.02)}});
  REQUIRE(std::exp(-first - second) == Approx(0.1 * (0.1 + 0.02) + 0.2 + 0.3));
  const double third =
      state.read(composites, kC, std::log(0.05), std::vector<std::pair<int, double>>{{3, std::log(0.01)}});
  REQUIRE(std::exp(-first - second - third) == Approx((0.1 * 0.1 + 0.2) * (0.05 + 0.01) + 0.3));
}

TEST_CASE("composites are found where they stand, the longest first, and only as whole units") {
  const Composites composites = some();
  const std::vector<Token> text = {4, 5, 6, 11, 4, 5, 4, 5, -1, 6, 11, 6, 11, 12, 4, 5};
  const auto found = composites.find(text, kBeginEnd);
  REQUIRE(found.size() == 2);
  REQUIRE((found[0].row == 0 && found[0].rows == 4 && found[0].composite == 1));
  REQUIRE((found[1].row == 4 && found[1].rows == 2 && found[1].composite == 0));
}

TEST_CASE("a composite is one once, and has two units at least") {
  Composites composites = some();
  REQUIRE(composites.add({kB, kA}) == 2);
  REQUIRE(composites.size() == 4);
  REQUIRE_THROWS_AS(composites.add({kA}), noema::base::Error);
  REQUIRE(composites.beginning_with(kA).size() == 2);
  REQUIRE(composites.beginning_with({9}).empty());
}
