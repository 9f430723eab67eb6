#include "transformer/buffers.h"

#include <catch2/catch.hpp>

using namespace noema::transformer;

TEST_CASE("a row's place is counted beyond what an int holds") {
  CHECK(at(0, 70000) == 0);
  CHECK(at(3, 5) == 15);
  CHECK(at(70000, 70000) == 4'900'000'000);
  CHECK(at(-2, 5) == -10);  // rows before the one that is pointed at
  CHECK(size(7) == 7U);
}

TEST_CASE("a buffer grows to what is needed, keeps what it holds, and never shrinks") {
  std::vector<float> buffer = {1, 2};
  grow(buffer, 4);
  CHECK(buffer == std::vector<float>{1, 2, 0, 0});
  grow(buffer, 3);
  CHECK(buffer.size() == 4);
  grow(buffer, 0);
  CHECK(buffer.size() == 4);
}
