#include "experiments/streams/told_pairs.h"

#include <catch2/catch.hpp>

using namespace noema::experiments;

namespace {

ToldPairs some_pairs() { return {{{"s1", "t1"}, {"s2", "t2"}, {"s3", "t3"}}, {{"s4", "t4"}}, 0}; }

}  // namespace

TEST_CASE("a pair is left out of the training if one of its sides is told or withheld, and is counted") {
  ToldPairs pairs = some_pairs();
  pairs.told = {{"s1", "other"}, {"another", "t4"}};
  leave_out_told(pairs, {{"neither", "t3"}});
  REQUIRE(pairs.train.size() == 1);
  CHECK(pairs.train[0].source == "s2");
  CHECK(pairs.left_out == 2);
  CHECK(pairs.told.size() == 2);
  leave_out_told(pairs, {{"s2", ""}});
  CHECK(pairs.train.empty());
  CHECK(pairs.left_out == 3);  // with those before
}

TEST_CASE("a source is no target: what is told on one side may be trained on the other") {
  ToldPairs pairs = some_pairs();
  pairs.told = {{"t1", "s2"}};
  leave_out_told(pairs, {});
  CHECK(pairs.train.size() == 3);
  CHECK(pairs.left_out == 0);
}

TEST_CASE("the hash of pairs tells every text, every side, the order and the two parts apart") {
  const std::string hash = hash_of(some_pairs());
  CHECK(hash == hash_of(some_pairs()));
  CHECK(hash.size() == 64);
  std::vector<ToldPairs> others(5, some_pairs());
  others[0].train[1].target += "x";
  std::swap(others[1].train[0], others[1].train[1]);
  std::swap(others[2].told[0].source, others[2].told[0].target);
  others[3].told.insert(others[3].told.begin(), others[3].train.back());
  others[3].train.pop_back();
  others[4].train[0] = {"s1t", "1"};  // the same letters, divided elsewhere
  for (const ToldPairs& other : others) CHECK(hash_of(other) != hash);
}
