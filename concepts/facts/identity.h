#pragma once
// Which names mean one thing. What is told of both must agree: a value that few are told of, told of both, speaks for
// it; two different values where a thing has one speak against it. A way of telling two names in one sentence that
// mostly pairs names whose facts agree says of its other pairs, too, that they are one ("_ , also called _ , ..."); one
// that pairs names whose facts differ says that they are two. No name is judged by the words beside it.

#include <cstdint>
#include <functional>
#include <vector>

#include "concepts/facts/told.h"

namespace noema::concepts::facts {

struct Identity {
  Thing a = 0;  ///< a < b
  Thing b = 0;
  double bits = 0;  ///< log2 of how much likelier it is that they are one than that they are two
  std::vector<std::uint32_t> evidence = {};  ///< sentences whose facts agree, and those that tell both, ascending
};

/// Pairs of names that are likelier one thing than two by more than `price_bits`; best first. What to expect of a pair
/// before its facts are looked at is learned from the pairs of its kind that facts decide: those told in one sentence
/// in the same way, and those that are spelled alike; of any other pair it is 1 / the pairs compared. Names that share
/// no rare value are not compared. O(facts x names that share a value).
std::vector<Identity> find_identities(const Told& told, const std::function<bool(Thing, Thing)>& is_spelled_alike,
                                      double price_bits);

}  // namespace noema::concepts::facts
