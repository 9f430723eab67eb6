#include "experiments/streams/invented_pairs.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <set>

#include "experiments/streams/registry.h"

using namespace noema::experiments;
using noema::reasoning::ToldPair;

namespace {

ToldPairs invented_pairs(std::uint64_t seed, std::int64_t lines = 100, std::int64_t train = 400,
                         std::int64_t names = 6) {
  StreamConfig config("invented_pairs");
  config.settings.set("lines", lines);
  config.settings.set("train", train);
  config.settings.set("names", names);
  return stream_kind("invented_pairs").read_pairs(config, seed);
}

/// What each name of a book is said as: the target's last word by the source's first.
std::map<std::string, std::set<std::string>> sayings_of(const std::vector<ToldPair>& book) {
  std::map<std::string, std::set<std::string>> sayings;
  for (const ToldPair& pair : book) sayings[pair.source.substr(0, 3)].insert(pair.target.substr(5));
  return sayings;
}

}  // namespace

TEST_CASE("invented pairs: the same seed gives the same book, another seed another one") {
  const ToldPairs pairs = invented_pairs(3);
  CHECK(hash_of(pairs) == hash_of(invented_pairs(3)));
  CHECK(hash_of(pairs) != hash_of(invented_pairs(4)));
  CHECK(pairs.told.size() == 100);
  CHECK(pairs.train.size() + pairs.left_out == 400);
}

TEST_CASE("a source is a name and four digits, its target the digits backwards and what stands for the name") {
  const ToldPairs pairs = invented_pairs(1);
  for (const auto* book : {&pairs.told, &pairs.train})
    for (const ToldPair& pair : *book) {
      INFO(pair.source << " = " << pair.target);
      REQUIRE(pair.source.size() == 8);
      REQUIRE(pair.target.size() == 8);
      CHECK(pair.source[3] == ' ');
      CHECK(std::all_of(pair.source.begin(), pair.source.begin() + 3, [](char c) { return c >= 'a' && c <= 'l'; }));
      CHECK(std::all_of(pair.target.begin() + 5, pair.target.end(), [](char c) { return c >= 'A' && c <= 'L'; }));
      CHECK(
          std::equal(pair.source.begin() + 4, pair.source.end(), std::make_reverse_iterator(pair.target.begin() + 4)));
    }
}

TEST_CASE("a name is said in one way throughout its book, and the told book has names of its own") {
  const ToldPairs pairs = invented_pairs(2);
  const auto told = sayings_of(pairs.told), trained = sayings_of(pairs.train);
  CHECK(told.size() == 6);
  CHECK(trained.size() == 6);
  for (const auto& [name, sayings] : told) {
    CHECK(sayings.size() == 1);
    CHECK_FALSE(trained.contains(name));
  }
}

TEST_CASE("nothing that is told is trained on, even where the names of both books must meet") {
  const ToldPairs pairs = invented_pairs(5, 3000, 3000, 1000);
  std::set<std::string> sources, targets;
  for (const ToldPair& pair : pairs.told) {
    sources.insert(pair.source);
    targets.insert(pair.target);
  }
  for (const ToldPair& pair : pairs.train) {
    REQUIRE_FALSE(sources.contains(pair.source));
    REQUIRE_FALSE(targets.contains(pair.target));
  }
}

TEST_CASE("the smallest book has one line and one name") {
  const ToldPairs pairs = invented_pairs(1, 1, 1, 1);
  CHECK(pairs.told.size() == 1);
  CHECK(pairs.train.size() + pairs.left_out == 1);
}
