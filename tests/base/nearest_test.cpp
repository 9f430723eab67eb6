#include "base/nearest.h"

#include <catch2/catch.hpp>

using namespace noema::base;

TEST_CASE("edits are counted in characters, a swap of neighbours is one, and case does not count") {
  CHECK(edit_distance("status", "status", 3) == 0);
  CHECK(edit_distance("statsu", "status", 3) == 1);
  CHECK(edit_distance("Kitten", "sitting", 3) == 3);
  CHECK(edit_distance("Käse", "kase", 3) == 1);
  CHECK(edit_distance("猫は", "犬は", 3) == 1);
  CHECK(edit_distance("feed", "recall", 2) == 3);  // more than 2
}

TEST_CASE("the nearest names come first, and names that are far away are left out") {
  const std::vector<std::string> names{"ask", "status", "streams", "recall", "replay"};
  CHECK(nearest_names("statsu", names) == std::vector<std::string>{"status"});
  CHECK(nearest_names("stat", names) == std::vector<std::string>{"status"});
  CHECK(nearest_names("anything", names).empty());
  CHECK(did_you_mean(nearest_names("statsu", names)) == "; did you mean status?");
  CHECK(did_you_mean(std::vector<std::string>{"a", "b", "c"}) == "; did you mean a, b or c?");
  CHECK(did_you_mean({}).empty());
}
