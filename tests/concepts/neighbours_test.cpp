#include "concepts/neighbours.h"

#include <catch2/catch.hpp>

#include "base/rng.h"

using namespace noema::concepts;

TEST_CASE("the index finds what the exact search finds") {
  noema::base::Rng rng(5);
  const auto exact = exact_neighbours(16);
  const auto index = indexed_neighbours(16, 1);
  std::vector<std::vector<float>> vectors(2000, std::vector<float>(16));
  for (ConceptId id = 0; id < vectors.size(); ++id) {
    for (float& x : vectors[id]) x = static_cast<float>(rng.normal());
    exact->put(id, vectors[id]);
    index->put(id, vectors[id]);
  }
  int same = 0;
  for (ConceptId id = 0; id < 100; ++id) {
    const auto a = exact->nearest(vectors[id], 5);
    const auto b = index->nearest(vectors[id], 5);
    CHECK(a.front().id == id);
    CHECK(b.front().id == id);
    for (std::size_t i = 0; i < 5; ++i) same += a[i].id == b[i].id;
  }
  CHECK(same >= 450);
}

TEST_CASE("a vector that is put again moves its concept") {
  for (const auto& neighbours : {exact_neighbours(2), indexed_neighbours(2, 1)}) {
    neighbours->put(1, std::vector<float>{1, 0});
    neighbours->put(2, std::vector<float>{0, 1});
    neighbours->put(1, std::vector<float>{-1, 0});
    CHECK(neighbours->nearest(std::vector<float>{-2, 0}, 1).front().id == 1);
    CHECK(neighbours->nearest(std::vector<float>{0, 0}, 1).empty());
  }
}
