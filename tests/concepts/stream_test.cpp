#include "concepts/stream.h"

#include <catch2/catch.hpp>

#include "base/rng.h"

using namespace noema::concepts;

namespace {

std::vector<ConceptId> leaves_of(const Stream& stream, std::uint32_t episode) {
  const auto leaves = stream.leaves(episode);
  return {leaves.begin(), leaves.end()};
}

}  // namespace

TEST_CASE("a stream knows where episodes begin and end, empty ones too") {
  Stream stream;
  CHECK(stream.size() == 0);
  CHECK(stream.episodes() == 0);
  CHECK(stream.append(std::vector<ConceptId>{7, 8}) == 0);
  CHECK(stream.append({}) == 1);
  CHECK(stream.append(std::vector<ConceptId>{9}) == 2);
  CHECK(stream.size() == 3);
  CHECK(stream.begin(1) == 2);
  CHECK(stream.end(1) == 2);
  CHECK(stream.begin(2) == 2);
  CHECK(stream.end(2) == 3);
  CHECK(leaves_of(stream, 1).empty());
  CHECK(leaves_of(stream, 2) == std::vector<ConceptId>{9});
  CHECK(stream.begins_episode(0));
  CHECK_FALSE(stream.begins_episode(1));
  CHECK(stream.begins_episode(2));
  CHECK(stream.begins_episode(3));  // past the end
  CHECK(stream.episode_of(1) == 0);
  CHECK(stream.episode_of(2) == 2);  // the empty episode holds no position
}

TEST_CASE("a mention covers several units, and the neighbours of a mention are found") {
  Stream stream;
  stream.append(std::vector<ConceptId>{1, 2, 3, 4});
  stream.cover(1, 2, 50);
  CHECK(stream.owner(0) == 1);
  CHECK(stream.owner(1) == 50);
  CHECK(stream.owner(2) == kInside);
  CHECK(stream.owner(3) == 4);
  CHECK(stream.leaf(2) == 3);
  CHECK(stream.next_mention(0, 4) == 1);
  CHECK(stream.next_mention(1, 4) == 3);
  CHECK(stream.next_mention(3, 4) == 4);
  CHECK(stream.previous_mention(3) == 1);
  CHECK(stream.previous_mention(1) == 0);
}

TEST_CASE("a stream that lets go of its oldest episodes and takes them back agrees with a plain list of all") {
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    noema::base::Rng rng(seed);
    Stream stream;
    std::vector<std::vector<ConceptId>> all;
    std::vector<Position> begins{0};
    std::uint32_t first = 0;
    for (int step = 0; step < 600; ++step) {
      std::vector<ConceptId> units(rng.below(5));
      for (auto& unit : units) unit = static_cast<ConceptId>(1 + rng.below(9));
      stream.append(units);
      all.push_back(units);
      begins.push_back(begins.back() + static_cast<Position>(units.size()));
      const auto attached = static_cast<std::uint32_t>(all.size()) - first;
      if (rng.below(3) == 0) {
        const auto gone = static_cast<std::uint32_t>(rng.below(attached + 1));
        stream.drop_until(first + gone);
        if (rng.below(2) == 0)
          stream.prepend({all.begin() + first, all.begin() + first + gone});
        else
          first += gone;
      }
    }
    CHECK(stream.first_episode() == first);
    CHECK(stream.episodes() == all.size());
    CHECK(stream.size() == begins.back());
    CHECK(stream.first_position() == begins[first]);
    CHECK(stream.attached_units() == begins.back() - begins[first]);
    for (std::uint32_t e = first; e < all.size(); ++e) {
      REQUIRE(leaves_of(stream, e) == all[e]);
      REQUIRE(stream.begin(e) == begins[e]);
      for (Position p = begins[e]; p < begins[e + 1]; ++p) {
        REQUIRE(stream.episode_of(p) == e);
        for (const std::uint32_t before : {e + 1, (e + 1 + stream.episodes()) / 2, stream.episodes()})
          if (before > e) REQUIRE(stream.episode_of(p, before) == e);
        REQUIRE(stream.begins_episode(p) == (p == begins[e]));
      }
    }
    Stream anew;
    anew.start_at(first, begins[first]);
    for (std::uint32_t e = first; e < all.size(); ++e) anew.append(all[e]);
    CHECK(anew.bytes() == stream.bytes());  // a function of what is attached, whatever was there before
    CHECK(anew.begin(first) == begins[first]);
  }
}

TEST_CASE("a stream refuses to let go of what is not attached, and to begin twice") {
  Stream stream;
  stream.append(std::vector<ConceptId>{1});
  stream.drop_until(1);
  CHECK_THROWS(stream.drop_until(0));
  CHECK_THROWS(stream.drop_until(2));
  CHECK_THROWS(stream.prepend({{1}, {2}}));  // only one episode was there before
  stream.append(std::vector<ConceptId>{2});
  CHECK_THROWS(stream.start_at(5, 5));
}
