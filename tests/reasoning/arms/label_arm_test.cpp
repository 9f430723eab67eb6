#include "reasoning/arms/label_arm.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "base/error.h"
#include "reasoning/arms/registry.h"
#include "tests/reasoning/arms/items.h"

using namespace noema;
using namespace noema::reasoning;
using tests::learner_of;
using tests::said;

namespace {

std::vector<std::string> label_arms() {
  std::vector<std::string> arms;
  for (const ArmKind& kind : arm_kinds())
    if (kind.takes.contains(ExperienceKind::kLabelledText)) arms.push_back(kind.name);
  for (std::string& arm : arms) {
    if (arm == "slda") arm = "slda{width=64;shrinkage=0.1}";
    if (arm == "ridge") arm = "ridge{width=64;features=100;ridge=1}";
    const ArmKind& kind = *find_arm(arm.substr(0, arm.find('{')));
    if (std::any_of(kind.options.begin(), kind.options.end(),
                    [](const base::Key& key) { return key.name == "hidden"; }))
      arm += "{width=64;hidden=16;layers=1;rate=0.02;batch=4}";
  }
  return arms;
}

std::vector<Experience> texts(std::uint64_t seed, std::size_t count) {
  base::Rng rng(seed);
  std::vector<Experience> items;
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t of = rng.below(4);
    std::string text;
    for (int k = 0; k < 5; ++k)
      text += rng.uniform() < 0.6 ? " own" + std::to_string(of) + "x" + std::to_string(rng.below(3))
                                  : " all" + std::to_string(rng.below(6));
    items.emplace_back(LabelledText{text.substr(1), "class " + std::to_string(of)});
  }
  return items;
}

/// Images of 8 x 8 with a bar in one of four places, and noise.
std::vector<Experience> images(std::uint64_t seed, std::size_t count) {
  base::Rng rng(seed);
  std::vector<Experience> items;
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t of = rng.below(4);
    Features image{{}, "bar " + std::to_string(of), 8};
    for (std::size_t k = 0; k < 64; ++k) image.values.push_back(k / 16 == of || rng.uniform() < 0.1 ? 1.0F : 0.0F);
    items.emplace_back(std::move(image));
  }
  return items;
}

}  // namespace

TEST_CASE("every arm of labels learns texts and images, and knows nothing before", "[classes]") {
  for (const std::string& name : label_arms())
    for (const auto& make : {texts, images}) {
      INFO(name);
      const auto arm = learner_of(name);
      CHECK_FALSE(said(*arm, make(2, 1)[0]).label);
      for (const Experience& item : make(1, 120)) arm->warm(item);
      int right = 0;
      for (const Experience& item : make(2, 60)) right += said(*arm, item).label == label_of(item);
      CHECK(right > 48);
      CHECK(arm->state().state_bytes > 0);
    }
}

TEST_CASE("for every arm of labels, answering changes nothing, and experience answers before it learns", "[classes]") {
  for (const std::string& name : label_arms()) {
    INFO(name);
    const auto asked = learner_of(name), plain = learner_of(name);
    for (const Experience& item : texts(3, 60)) {
      asked->answer(item);
      asked->answer(item);
      const Label before = said(*plain, item);
      const Label first = std::get<Label>(asked->experience(item));
      CHECK(first.label == before.label);
      CHECK(first.confidence == before.confidence);
      plain->warm(item);
    }
  }
}

TEST_CASE("every arm of labels that was saved and loaded goes on with the same answers", "[classes]") {
  for (const std::string& name : label_arms()) {
    INFO(name);
    const auto whole = learner_of(name), first = learner_of(name), second = learner_of(name);
    const auto items = texts(4, 80);
    for (std::size_t i = 0; i < 42; ++i) {  // in the middle of a mini-batch, and of a task
      whole->warm(items[i]);
      first->warm(items[i]);
      if (i == 29) whole->end_task();
      if (i == 29) first->end_task();
    }
    second->load(first->save());
    for (std::size_t i = 42; i < items.size(); ++i) {
      if (i == 60) whole->end_task();
      if (i == 60) second->end_task();
      const Label a = std::get<Label>(whole->experience(items[i])), b = std::get<Label>(second->experience(items[i]));
      CHECK(a.label == b.label);
      CHECK(a.runner_up == b.runner_up);
      CHECK(a.confidence == b.confidence);
    }
    CHECK(second->state().state_bytes == whole->state().state_bytes);
    CHECK_THROWS(second->load("nonsense"));
  }
}

TEST_CASE("hashed vectors of texts have length one, and features stay as they are", "[classes]") {
  CHECK(vector_of(LabelledText{"one two three", ""}, 32).norm() == Approx(1));
  CHECK(vector_of(LabelledText{"", ""}, 32).norm() == 0);
  CHECK(vector_of(Features{{3, 4}, "", 0}, 32).norm() == Approx(5));
}

TEST_CASE("an item of another kind than labelled text or features is refused", "[classes]") {
  CHECK_THROWS_WITH(looks_of(Text{"a", nullptr}), Catch::Contains("labelled texts and features only"));
  CHECK_THROWS_WITH(vector_of(Question{"a", std::nullopt}, 8), Catch::Contains("labelled texts and features only"));
}

TEST_CASE("labels are numbered in the order of being told, and a saved list goes on counting", "[classes]") {
  LabelList labels;
  CHECK(labels.number("b") == 0);
  CHECK(labels.number("a") == 1);
  CHECK(labels.number("b") == 0);
  LabelList loaded;
  loaded.number("of before");
  loaded.load(labels.save());
  CHECK(loaded.size() == 2);
  CHECK(loaded.number("a") == 1);
  CHECK(loaded.number("c") == 2);
  CHECK(loaded.bytes() > labels.bytes());
}

TEST_CASE("the best label has the highest score, the runner-up the next, the confidence is a softmax", "[classes]") {
  LabelList labels;
  CHECK_FALSE(labels.best(Eigen::VectorXd()).label);
  labels.number("a");
  const Label alone = labels.best(Eigen::VectorXd::Constant(1, -3));
  CHECK(alone.label == "a");
  CHECK_FALSE(alone.runner_up);
  CHECK(alone.confidence == 1);
  for (const char* label : {"b", "c"}) labels.number(label);
  const Label best = labels.best(Eigen::Vector3d(1, 0, 2));
  CHECK(best.label == "c");
  CHECK(best.runner_up == "a");
  CHECK(best.confidence == Approx(std::exp(2) / (std::exp(2) + std::exp(1) + 1)));
  CHECK(labels.best(Eigen::Vector3d(1e6, 0, -1e6)).confidence == 1);  // nothing overflows
  CHECK(labels.best(Eigen::Vector3d(0, 0, 0)).label == "a");          // the label told first
}

TEST_CASE("a matrix comes back from JSON, and one that its bytes do not fill is refused", "[classes]") {
  Eigen::MatrixXf matrix(2, 3);
  matrix << 1, 2, 3, 4, 5, 6;
  const nlohmann::json state = matrix_to_json(matrix);
  CHECK(matrix_of_json(nlohmann::json::from_msgpack(nlohmann::json::to_msgpack(state))) == matrix);
  CHECK(matrix_of_json(matrix_to_json(Eigen::MatrixXf())).size() == 0);
  for (const auto& [rows, columns] : std::vector<std::pair<std::int64_t, std::int64_t>>{
           {3, 3}, {-2, -3}, {std::int64_t{1} << 40, std::int64_t{1} << 40}}) {
    nlohmann::json damaged = state;
    damaged["rows"] = rows;
    damaged["columns"] = columns;
    CHECK_THROWS_WITH(matrix_of_json(damaged), Catch::Contains("another number of values"));
  }
  CHECK_THROWS_WITH(matrix_of_json({{"rows", 1}}), Catch::Contains("cannot be read"));
}

TEST_CASE("a state from which something is missing, or is of another kind, is refused by every arm of labels",
          "[classes]") {
  for (const std::string& name : label_arms()) {
    const auto arm = learner_of(name);
    for (const Experience& item : texts(5, 30)) arm->warm(item);
    arm->end_task();
    const nlohmann::json whole = unpacked_state(arm->save(), arm->name());
    for (const auto& [key, value] : whole.items()) {
      INFO(name << ", " << key);
      nlohmann::json state = whole;
      state.erase(key);
      CHECK_THROWS_AS(learner_of(name)->load(packed_state(state)), base::Error);
      state[key] = 7;
      if (!value.is_null()) CHECK_THROWS_AS(learner_of(name)->load(packed_state(state)), base::Error);
    }
    CHECK_NOTHROW(learner_of(name)->load(packed_state(whole)));
  }
}
