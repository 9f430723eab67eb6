#include "concepts/description.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <functional>
#include <map>

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

namespace {

/// L(mentions) by its definition: rows are filled cell by cell, each new cell sends one customer up, and every
/// restaurant and every choice among members is summed at the end.
double nats_by_definition(const Statistics& statistics, ConceptId size, const Codes& codes) {
  std::map<ConceptId, std::map<ConceptId, std::uint64_t>> rows;
  std::map<ConceptId, std::uint64_t> root, chosen;
  const std::function<void(ConceptId, ConceptId, std::uint64_t)> seat = [&](ConceptId row, ConceptId dish,
                                                                            std::uint64_t customers) {
    const bool fresh = rows[row][dish] == 0;
    rows[row][dish] += customers;
    if (!fresh) return;
    const ConceptId above = statistics.parent(row);
    const ConceptId category = statistics.parent(dish);
    if (above != Statistics::kNone) {
      if (category != Statistics::kNone) ++chosen[dish];
      seat(above, category == Statistics::kNone ? dish : category, 1);
      return;
    }
    ConceptId top = dish;
    for (; statistics.parent(top) != Statistics::kNone; top = statistics.parent(top)) ++chosen[top];
    ++root[top];
  };
  for (ConceptId id = 0; id < size; ++id)
    if (statistics.height(id) == 0)
      for (const auto& [to, count] : statistics.next(id).sorted()) seat(id, to, count);

  const auto restaurant = [](const LevelCode& code, const std::map<ConceptId, std::uint64_t>& dishes) {
    double nats = 0;
    std::uint64_t total = 0;
    for (const auto& [dish, count] : dishes) {
      nats += code.cell(count);
      total += count;
    }
    return nats + code.restaurant(dishes.size(), total);
  };
  double nats = restaurant(codes.category, root);
  for (const auto& [row, dishes] : rows)
    nats += restaurant(statistics.height(row) > 0 ? codes.category : codes.row, dishes);
  std::map<ConceptId, std::map<ConceptId, std::uint64_t>> members;
  for (const auto& [id, count] : chosen) members[statistics.parent(id)][id] = count;
  for (const auto& [category, counts] : members) nats += restaurant(codes.choice(category), counts);
  return nats;
}

}  // namespace

TEST_CASE("the total of L follows from its histograms as from its definition, with categories of categories") {
  Concentrations concentrations;
  concentrations.row_discount = 24;
  concentrations.category_discount = 12;
  concentrations.rest_strength = 2;
  const Codes codes(concentrations);
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    noema::base::Rng rng(seed);
    constexpr ConceptId kConcepts = 40, kSize = 50;
    Statistics statistics;
    statistics.resize(kSize);
    for (ConceptId id = kConcepts; id < kSize; ++id) statistics.set_height(id, 1 + (id - kConcepts) / 4);
    for (int i = 0; i < 2000; ++i) {
      statistics.add(static_cast<ConceptId>(rng.below(kConcepts)),
                     static_cast<ConceptId>(rng.below(1 + rng.below(kConcepts))), 1);
      if (i % 20 != 0) continue;
      const auto id = static_cast<ConceptId>(1 + rng.below(kSize - 1));
      const auto category = static_cast<ConceptId>(kConcepts + rng.below(kSize - kConcepts));
      if (statistics.height(category) <= statistics.height(id)) continue;
      const ConceptId place = rng.below(3) == 0 ? Statistics::kNone : category;
      const double before = statistics.nats(codes);
      Draft draft(statistics);
      draft.set_parent(id, place);
      const double claimed = draft.nats(codes);
      statistics.set_parent(id, place);
      CHECK(statistics.nats(codes) - before == Approx(claimed).margin(1e-8));
    }
    CHECK(statistics.nats(codes) == Approx(nats_by_definition(statistics, kSize, codes)).epsilon(1e-12));
  }
}
