#include "concepts/facts/restaurant.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "base/error.h"
#include "base/rng.h"

using namespace noema::concepts::facts;
using noema::base::Rng;

namespace {

double seat(Restaurant& restaurant, const std::vector<std::uint32_t>& customers) {
  double bits = 0;
  bool is_new = false;
  for (const std::uint32_t dish : customers) bits += restaurant.add(dish, is_new);
  return bits;
}

}  // namespace

TEST_CASE("the code of dishes 7, 7, 9, 7 with concentration 2, computed by hand") {
  Restaurant restaurant(2);
  bool is_new = false;
  CHECK(restaurant.add(7, is_new) == Approx(0).margin(1e-12));  // 2 / 2
  CHECK(is_new);
  CHECK(restaurant.add(7, is_new) == Approx(std::log2(3 / 0.5)));
  CHECK_FALSE(is_new);
  CHECK(restaurant.add(9, is_new) == Approx(std::log2(4 / 2.5)));
  CHECK(is_new);
  CHECK(restaurant.add(7, is_new) == Approx(std::log2(5 / 1.5)));
  CHECK_FALSE(is_new);
}

TEST_CASE("the chances of all dishes and of a new one sum to one") {
  Restaurant restaurant(3);
  Rng rng(1);
  bool is_new = false;
  for (int i = 0; i < 100; ++i) restaurant.add(static_cast<std::uint32_t>(rng.below(12)), is_new);
  double sum = 0;
  for (std::uint32_t dish = 0; dish <= 12; ++dish) {  // nobody has dish 12
    Restaurant copy = restaurant;
    sum += std::exp2(-copy.add(dish, is_new));
  }
  CHECK(is_new);
  CHECK(restaurant.dishes() == 12);
  CHECK(sum == Approx(1));
}

TEST_CASE("customers cost the same in any order, and leave in any order for what they cost") {
  Rng rng(2);
  for (int round = 0; round < 50; ++round) {
    std::vector<std::uint32_t> customers(1 + rng.below(80));
    for (auto& dish : customers) dish = static_cast<std::uint32_t>(rng.below(1 + rng.below(20)));
    Restaurant restaurant(0.5 + static_cast<double>(rng.below(20)));
    Restaurant other = restaurant;
    const double bits = seat(restaurant, customers);
    noema::base::shuffle(customers, rng);
    CHECK(seat(other, customers) == Approx(bits).margin(1e-9));
    noema::base::shuffle(customers, rng);
    double left = bits;
    bool is_gone = false;
    std::size_t distinct = restaurant.dishes();
    for (const std::uint32_t dish : customers) {
      const std::uint32_t count = restaurant.count(dish);
      left -= restaurant.remove(dish, is_gone);
      CHECK(is_gone == (count == 1));
      distinct -= is_gone ? 1 : 0;
      CHECK(restaurant.count(dish) == count - 1);
      CHECK(restaurant.dishes() == distinct);
    }
    CHECK(left == Approx(0).margin(1e-9));
    CHECK(restaurant.total() == 0);
  }
}

TEST_CASE("adding a customer and taking any one away are inverses") {
  Rng rng(3);
  Restaurant restaurant(10);
  std::vector<std::uint32_t> customers(60);
  for (auto& dish : customers) dish = static_cast<std::uint32_t>(rng.below(15));
  seat(restaurant, customers);
  for (std::uint32_t dish = 0; dish < 17; ++dish) {
    bool is_new = false, is_gone = false;
    const std::uint32_t count = restaurant.count(dish);
    const double added = restaurant.add(dish, is_new);
    CHECK(restaurant.count(dish) == count + 1);
    CHECK(restaurant.total() == 61);
    CHECK(restaurant.remove(dish, is_gone) == Approx(added).margin(1e-9));
    CHECK(is_new == is_gone);
    CHECK(restaurant.count(dish) == count);
  }
}

TEST_CASE("who never entered cannot leave") {
  Restaurant restaurant;
  bool is_gone = false;
  CHECK_THROWS_AS(restaurant.remove(1, is_gone), noema::base::Bug);
  restaurant.add(1, is_gone);
  restaurant.remove(1, is_gone);
  CHECK_THROWS_AS(restaurant.remove(1, is_gone), noema::base::Bug);
  CHECK(restaurant.total() == 0);
}
