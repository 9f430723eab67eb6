#include "reasoning/arms/class_means_arm.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "base/error.h"
#include "reasoning/arms/label_arm.h"
#include "tests/reasoning/arms/items.h"

using namespace noema;
using namespace noema::reasoning;
using namespace noema::tests;

TEST_CASE("the class of the nearest mean is said, its confidence a softmax over squared distances", "[classes]") {
  const auto arm = learner_of("class_means{sharpness=0.5}");
  arm->warm(point({0, 0}, "a"));
  arm->warm(point({2, 0}, "a"));  // mean (1, 0)
  arm->warm(point({1, 4}, "b"));
  const Label label = said(*arm, point({1, 1}));
  CHECK(label.label == "a");
  CHECK(label.runner_up == "b");
  CHECK(label.confidence == Approx(std::exp(-0.5) / (std::exp(-0.5) + std::exp(-0.5 * 9))));
}

TEST_CASE("the order of the items does not matter to class means", "[classes]") {
  const auto there = learner_of("class_means"), back = learner_of("class_means");
  base::Rng rng(1);
  std::vector<Experience> items;
  for (std::size_t i = 0; i < 40; ++i) items.push_back(bright_image(i % 2, rng));
  for (std::size_t i = 0; i < items.size(); ++i) {
    there->warm(items[i]);
    back->warm(items[items.size() - 1 - i]);
  }
  const Experience question = bright_image(0, rng);
  CHECK(said(*there, question).label == said(*back, question).label);
  CHECK(said(*there, question).confidence == Approx(said(*back, question).confidence));
  CHECK(there->state().state_bytes == back->state().state_bytes);
}

TEST_CASE("saved means of another number of classes than there are labels are refused", "[classes]") {
  const auto arm = learner_of("class_means");
  arm->warm(point({0, 0}, "a"));
  arm->warm(point({1, 0}, "b"));
  const nlohmann::json whole = unpacked_state(arm->save(), "class_means");
  for (const char* part : {"sums", "counts"}) {
    nlohmann::json state = whole;
    state[part] = matrix_to_json(Eigen::MatrixXf::Ones(2, 3));
    CHECK_THROWS_AS(learner_of("class_means")->load(packed_state(state)), base::Error);
  }
}
