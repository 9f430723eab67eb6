#include "reasoning/arms/kept_items.h"

#include <catch2/catch.hpp>

#include "base/error.h"

using namespace noema;
using namespace noema::reasoning;

namespace {

KeptItems numbered(std::size_t count) {
  KeptItems items;
  for (std::size_t i = 0; i < count; ++i) items.add(Eigen::Vector3f(0, static_cast<float>(i + 1), 0), i);
  return items;
}

}  // namespace

TEST_CASE("kept items come back as they were added, without their zeros", "[network]") {
  KeptItems items;
  items.add(Eigen::Vector3f(1, 0, 2), 4);
  items.add(Eigen::Vector3f(0, 0, 0), 1);
  const Eigen::MatrixXf x = items.inputs();
  CHECK(x.col(0) == Eigen::Vector3f(1, 0, 2));
  CHECK(x.col(1) == Eigen::Vector3f(0, 0, 0));
  CHECK(items.inputs().nonZeros() == 2);
  CHECK(items.labels() == std::vector<std::size_t>{4, 1});
  CHECK(items.chosen({1, 0, 0}).labels() == std::vector<std::size_t>{1, 4, 4});
  KeptItems loaded;
  loaded.load(nlohmann::json::from_msgpack(nlohmann::json::to_msgpack(items.save())));
  CHECK(Eigen::MatrixXf(loaded.inputs()) == x);
  CHECK(loaded.labels() == items.labels());
}

TEST_CASE("items whose places lie outside of their width are refused", "[network]") {
  nlohmann::json state = numbered(1).save();
  state[0]["places"] = {3};
  KeptItems items;
  CHECK_THROWS_AS(items.load(state), base::Error);
  CHECK_THROWS_AS(items.load({{{"label", "text"}}}), base::Error);
}

TEST_CASE("a reservoir keeps each item with the same chance, whenever it came", "[network]") {
  constexpr std::size_t kItems = 20, kMost = 5, kTries = 2000;
  const KeptItems items = numbered(kItems);
  std::vector<int> kept(kItems);
  for (std::size_t i = 0; i < kTries; ++i) {
    Reservoir reservoir(kMost, base::Rng(i));
    for (std::size_t k = 0; k < kItems; ++k) reservoir.offer(items, k);
    REQUIRE(reservoir.kept().size() == kMost);
    for (const std::size_t of : reservoir.kept().labels()) ++kept[of];
  }
  for (const int count : kept) CHECK(count == Approx(kTries * kMost / kItems).epsilon(0.2));  // 500, sd 19
}

TEST_CASE("a reservoir that was saved and loaded keeps and draws the same", "[network]") {
  const KeptItems items = numbered(30);
  Reservoir whole(4, base::Rng(1)), other(4, base::Rng(2));
  for (std::size_t i = 0; i < 15; ++i) whole.offer(items, i);
  other.load(whole.save());
  for (std::size_t i = 15; i < 30; ++i) {
    whole.offer(items, i);
    other.offer(items, i);
  }
  CHECK(whole.kept().labels() == other.kept().labels());
  CHECK(whole.draw(6).labels() == other.draw(6).labels());
  whole.clear();
  CHECK(whole.draw(6).size() == 0);
}
