#include "transformer/layout.h"

#include <catch2/catch.hpp>

using namespace noema::transformer;

TEST_CASE("tensors lie one behind the other, in the order in which they were appended") {
  Layout layout;
  CHECK(layout.parameters() == 0);
  CHECK(layout.tensors().empty());
  CHECK(layout.matrix("a", 3, 4, 0.5) == 0);
  CHECK(layout.vector("b", 5, 1) == 12);
  CHECK(layout.matrix("c", 1, 2, 0.25) == 17);
  CHECK(layout.parameters() == 19);
  REQUIRE(layout.tensors().size() == 3);
  CHECK(layout.tensors()[1].name == "b");
  CHECK(layout.tensors()[1].end() == layout.tensors()[2].begin);
}

TEST_CASE("a matrix is drawn around zero, a vector begins as it was told") {
  Layout layout;
  layout.matrix("matrix", 2, 3, 0.5);
  layout.vector("gain", 4, 1);
  CHECK(layout.tensors()[0].deviation == 0.5);
  CHECK(layout.tensors()[0].start == 0);
  CHECK(layout.tensors()[1].deviation == 0);
  CHECK(layout.tensors()[1].start == 1);
}

TEST_CASE("matrices decay, vectors do not") {
  Layout layout;
  layout.matrix("matrix", 2, 3, 0.5);
  layout.vector("gain", 6, 1);
  CHECK(layout.tensors()[0].decays());
  CHECK_FALSE(layout.tensors()[1].decays());
}

TEST_CASE("a tensor of more elements than an int counts has its size") {
  Layout layout;
  layout.matrix("large", 70000, 70000, 0.5);
  layout.vector("behind", 1, 0);
  CHECK(layout.tensors()[0].size() == 4'900'000'000);
  CHECK(layout.tensors()[1].begin == 4'900'000'000);
  CHECK(layout.parameters() == 4'900'000'001);
}

TEST_CASE("an empty tensor takes no room") {
  Layout layout;
  layout.vector("none", 0, 0);
  CHECK(layout.parameters() == 0);
  CHECK(layout.vector("one", 1, 0) == 0);
}
