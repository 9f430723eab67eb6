#include "transformer/gemm_views.h"

#include <catch2/catch.hpp>

using namespace noema::transformer;

TEST_CASE("a view reads the elements of a matrix, also of a transposed one and of part of a wider one") {
  const float data[] = {1, 2, 3, 4, 5, 6};  // [2, 3]
  const gemm::View plain(Matrix{data, 3}), turned(Matrix{data, 3, true}), part(Matrix{data + 1, 3});
  CHECK(*plain.at(1, 2) == 6);
  CHECK(*turned.at(2, 1) == 6);
  CHECK(*turned.at(0, 1) == 4);
  CHECK(*part.at(1, 1) == 6);
  for (int i = 0; i < 2; ++i)
    for (int j = 0; j < 3; ++j) CHECK(plain.transposed().at(j, i) == plain.at(i, j));
}

TEST_CASE("an output is written where a view of the same steps reads") {
  float data[6] = {};
  const gemm::Output by_columns{data, 1, 2};
  *by_columns.at(1, 2) = 7;
  CHECK(data[5] == 7);
  CHECK(*gemm::View(data, 1, 2).at(1, 2) == 7);
}
