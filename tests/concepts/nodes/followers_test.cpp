#include "concepts/nodes/followers.h"

#include <catch2/catch.hpp>

using noema::concepts::Followers;

TEST_CASE("followers are counted together with their sum, up and down again") {
  Followers followers;
  followers.add(3, 2);
  followers.add(4, 1);
  followers.add(3, -1);
  CHECK(followers.total == 2);
  CHECK(followers.counts[3] == 1);
  CHECK(followers.counts[4] == 1);
  followers.add(3, -1);
  followers.add(4, -1);
  CHECK(followers.total == 0);
  CHECK(followers.counts.empty());
  CHECK_THROWS(followers.add(4, -1));
}
