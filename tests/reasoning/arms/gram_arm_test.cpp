#include "reasoning/arms/gram_arm.h"

#include <catch2/catch.hpp>

#include "base/error.h"
#include "tests/reasoning/arms/items.h"

using namespace noema;
using namespace noema::reasoning;
using namespace noema::tests;

namespace {

/// Its weights are the sums of the classes; it counts how often they were asked for.
class SumsArm final : public GramArm {
 public:
  explicit SumsArm(std::string name = "sums") : GramArm(std::move(name), 8) {}
  int times_solved = 0;

 protected:
  Eigen::MatrixXf solved(Gram& gram) override {
    ++times_solved;
    return gram.sums();
  }
  Eigen::VectorXf scores(const Eigen::VectorXf& given) const override { return given; }
};

}  // namespace

TEST_CASE("weights are solved for when they are asked for, once after the last item", "[classes]") {
  SumsArm arm;
  CHECK_FALSE(said(arm, point({1, 0})).label);
  CHECK(arm.times_solved == 0);
  arm.warm(point({1, 0}, "a"));
  arm.warm(point({0, 1}, "b"));
  CHECK(arm.times_solved == 0);
  CHECK(said(arm, point({2, 0})).label == "a");
  CHECK(said(arm, point({0, 2})).label == "b");
  CHECK(arm.times_solved == 1);
  arm.warm(point({0, 3}, "a"));
  CHECK(said(arm, point({0, 2})).label == "a");  // 3 against 1
  CHECK(arm.times_solved == 2);
}

TEST_CASE("a loaded arm solves anew, and the state of another arm is refused", "[classes]") {
  SumsArm arm, loaded, other("others");
  arm.warm(point({1, 0}, "a"));
  arm.warm(point({0, 1}, "b"));
  loaded.warm(point({1, 0}, "of before"));
  said(loaded, point({1, 0}));
  loaded.load(arm.save());
  CHECK(said(loaded, point({0, 2})).label == "b");
  CHECK(loaded.times_solved == 2);
  CHECK_THROWS_AS(other.load(arm.save()), base::Error);
}
