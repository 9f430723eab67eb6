#include "concepts/description.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "base/rng.h"
#include "concepts/statistics.h"

using namespace noema::concepts;

TEST_CASE("the restaurant's closed form is the product of its sequential predictions, in any order") {
  const LevelCode code(20, 3);
  noema::base::Rng rng(4);
  std::vector<int> customers;
  for (int i = 0; i < 200; ++i) customers.push_back(static_cast<int>(rng.below(1 + rng.below(30))));
  std::vector<std::uint64_t> counts(30);
  double nats = 0;
  std::uint64_t total = 0, distinct = 0;
  for (const int dish : customers) {
    const double norm = code.strength() + static_cast<double>(total);
    if (counts[dish] == 0)
      nats -= std::log((code.strength() + code.discount() * static_cast<double>(distinct++)) / norm);
    else
      nats -= std::log((static_cast<double>(counts[dish]) - code.discount()) / norm);
    ++counts[dish];
    ++total;
  }
  double closed = code.restaurant(distinct, total);
  for (const auto count : counts) closed += code.cell(count);
  CHECK(closed == Approx(nats).epsilon(1e-10));
}

TEST_CASE("the forms of a concept are coded by Laplace's rule, and one form costs nothing") {
  const std::vector<std::uint64_t> one{7}, two{2, 1};
  CHECK(forms_nats(one) == 0);
  CHECK(forms_nats(two) == Approx(-std::log(1.0 / 2 * 2.0 / 3 * 1.0 / 4)));
}

TEST_CASE("the total of L follows from its histograms as from its cells") {
  noema::base::Rng rng(9);
  Statistics statistics;
  statistics.resize(40);
  for (int i = 0; i < 3000; ++i)
    statistics.add(static_cast<ConceptId>(rng.below(40)), static_cast<ConceptId>(rng.below(1 + rng.below(40))), 1);
  const LevelCode row(24, 0), root(16, 2);
  double nats = 0;
  std::uint64_t cells = 0, known = 0;
  for (ConceptId id = 0; id < 40; ++id) {
    nats += row.restaurant(statistics.next(id).size(), statistics.total(id));
    for (const auto& [to, count] : statistics.next(id).sorted()) nats += row.cell(count);
    cells += statistics.next(id).size();
    known += !statistics.previous(id).empty();
    nats += root.cell(statistics.previous(id).size());
  }
  nats += root.restaurant(known, cells);
  CHECK(statistics.nats(row, root) == Approx(nats).epsilon(1e-12));
}
