#include "reasoning/arms/gram.h"

#include <catch2/catch.hpp>

#include "base/error.h"
#include "base/rng.h"
#include "reasoning/arms/label_arm.h"

using namespace noema;
using noema::reasoning::Gram;
using noema::reasoning::matrix_to_json;

namespace {

struct Items {
  std::vector<Eigen::VectorXf> vectors;
  std::vector<std::size_t> classes;

  explicit Items(std::size_t count) {
    base::Rng rng(1);
    for (std::size_t i = 0; i < count; ++i) {
      Eigen::VectorXf x(5);
      for (float& value : x) value = static_cast<float>(static_cast<int>(rng.below(9)) - 4);  // sums are exact
      vectors.push_back(std::move(x));
      classes.push_back(i < 3 ? i : rng.below(3));
    }
  }
  void add_to(Gram& gram, std::size_t begin, std::size_t end) const {
    for (std::size_t i = begin; i < end; ++i) gram.add(vectors[i], classes[i]);
  }
};

}  // namespace

TEST_CASE("the sums are those of one item after another, within a block, at its end and behind it", "[classes]") {
  for (const std::size_t count : {3U, 127U, 128U, 129U, 400U}) {
    INFO(count);
    const Items items(count);
    Gram gram;
    items.add_to(gram, 0, count);
    Eigen::MatrixXf products = Eigen::MatrixXf::Zero(5, 5), sums = Eigen::MatrixXf::Zero(5, 3);
    Eigen::VectorXf counts = Eigen::VectorXf::Zero(3);
    for (std::size_t i = 0; i < count; ++i) {
      products += items.vectors[i] * items.vectors[i].transpose();
      sums.col(static_cast<Eigen::Index>(items.classes[i])) += items.vectors[i];
      counts[static_cast<Eigen::Index>(items.classes[i])] += 1;
    }
    CHECK(gram.products() == products);
    CHECK(gram.sums() == sums);
    CHECK(gram.counts() == counts);
  }
}

TEST_CASE("asking for the products on the way changes nothing", "[classes]") {
  const Items items(200);
  Gram asked, plain;
  for (std::size_t i = 0; i < 200; ++i) {
    items.add_to(asked, i, i + 1);
    asked.products();
  }
  items.add_to(plain, 0, 200);
  CHECK(asked.products() == plain.products());
}

TEST_CASE("sums that were saved in the middle of a block go on as if they had not been", "[classes]") {
  const Items items(300);
  Gram whole, first, second;
  items.add_to(whole, 0, 300);
  items.add_to(first, 0, 150);
  second.load(nlohmann::json::from_msgpack(nlohmann::json::to_msgpack(first.save())));
  items.add_to(second, 150, 300);
  CHECK(second.products() == whole.products());
  CHECK(second.sums() == whole.sums());
  CHECK(second.bytes() == whole.bytes());
}

TEST_CASE("vectors of different lengths are refused") {
  Gram gram;
  gram.add(Eigen::VectorXf::Ones(5), 0);
  CHECK_THROWS_WITH(gram.add(Eigen::VectorXf::Ones(4), 0), Catch::Contains("different lengths"));
}

TEST_CASE("a state whose parts do not fit each other is refused, whichever it is", "[classes]") {
  Gram more, longer;
  Items(200).add_to(more, 0, 200);
  const nlohmann::json whole = more.save();
  for (const char* part : {"products", "sums", "counts", "block"}) {
    INFO(part);
    nlohmann::json state = whole;
    state[part] = matrix_to_json(Eigen::MatrixXf::Ones(7, 9));
    CHECK_THROWS_AS(longer.load(state), base::Error);
    state.erase(part);
    CHECK_THROWS(longer.load(state));
  }
  nlohmann::json state = whole;
  state["block"] = matrix_to_json(Eigen::MatrixXf::Ones(5, 129));
  CHECK_THROWS_AS(longer.load(state), base::Error);
  longer.load(whole);
  CHECK(longer.products() == more.products());
}
