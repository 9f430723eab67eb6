// What every arm that learns labels must keep to.

#include <algorithm>
#include <catch2/catch.hpp>

#include "base/rng.h"
#include "reasoning/arms/label_arm.h"
#include "reasoning/arms/life_host.h"
#include "reasoning/arms/registry.h"

using namespace noema;
using namespace noema::reasoning;

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

std::unique_ptr<Learner> made(const std::string& arm) { return make_learner(arm, {{}, {}, 1, {}, {}}); }

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

Label said(Learner& arm, const Experience& item) { return std::get<Label>(arm.answer(item)); }

}  // namespace

TEST_CASE("every arm of labels learns texts and images, and knows nothing before", "[classes]") {
  for (const std::string& name : label_arms())
    for (const auto& make : {texts, images}) {
      INFO(name);
      const auto arm = made(name);
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
    const auto asked = made(name), plain = made(name);
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
    const auto whole = made(name), first = made(name), second = made(name);
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
