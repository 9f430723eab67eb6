#pragma once
// Labelled items for tests of arms, and what an arm says of them.

#include <memory>
#include <string>
#include <vector>

#include "base/rng.h"
#include "reasoning/arms/life_host.h"
#include "tests/reasoning/lives.h"

namespace noema::tests {

/// An arm that is a mind keeps its life in a folder that is gone at the end of the program.
inline std::unique_ptr<reasoning::Learner> learner_of(const std::string& arm, std::uint64_t seed = 1) {
  static const Folder folder;
  static int number = 0;
  return reasoning::make_learner(arm, {{}, folder.path / std::to_string(++number), seed, {}, {}});
}

inline reasoning::Label said(reasoning::Learner& arm, const reasoning::Experience& item) {
  return std::get<reasoning::Label>(arm.answer(item));
}

/// A point with a label.
inline reasoning::Experience point(std::vector<float> values, std::string label = {}) {
  return reasoning::Features{std::move(values), std::move(label), 0};
}

/// An image of 16 values: of class c the places 4c .. 4c + 3 are bright, in noise.
inline reasoning::Experience bright_image(std::size_t of, base::Rng& rng) {
  std::vector<float> values;
  for (std::size_t k = 0; k < 16; ++k)
    values.push_back(static_cast<float>((k / 4 == of ? 1.0 : 0.0) + 0.3 * rng.normal()));
  return point(std::move(values), "class " + std::to_string(of));
}

/// Options of a network that learns bright images in a moment.
inline const std::string kSmallNetwork = "hidden=20;layers=1;rate=0.01;batch=5";

/// Learns classes 0 and 1, then 2 and 3; returns the share of the items of each task that are right at the end.
inline std::pair<double, double> after_two_tasks(const std::string& arm, bool is_told_where_tasks_end = true) {
  const auto learner = learner_of(arm);
  base::Rng rng(7);
  for (const std::size_t task : {0U, 1U}) {
    for (int i = 0; i < 400; ++i) learner->warm(bright_image(2 * task + rng.below(2), rng));
    if (is_told_where_tasks_end) learner->end_task();
  }
  double right[2] = {0, 0};
  for (int i = 0; i < 200; ++i) {
    const std::size_t of = rng.below(4);
    const reasoning::Experience item = bright_image(of, rng);
    right[of / 2] += said(*learner, item).label == label_of(item) ? 1.0 / 100 : 0;
  }
  return {right[0], right[1]};
}

/// Learns classes 0 and 1, then 2 alone, whose images look like class 0 too; of 200 images of the first two classes,
/// how many have their own class as the likelier of the two.
inline int kept_apart(const std::string& arm) {
  const auto learner = learner_of(arm);
  base::Rng rng(7);
  for (int i = 0; i < 400; ++i) learner->warm(bright_image(rng.below(2), rng));
  learner->end_task();
  for (int i = 0; i < 2000; ++i) {
    auto item = std::get<reasoning::Features>(bright_image(2, rng));
    for (std::size_t k = 0; k < 4; ++k) item.values[k] += 1;
    learner->warm(item);
  }
  int right = 0;
  for (int i = 0; i < 200; ++i) {
    const reasoning::Experience item = bright_image(rng.below(2), rng);
    const reasoning::Label label = said(*learner, item);
    right += (label.label == "class 2" ? label.runner_up : label.label) == label_of(item);
  }
  return right;
}

}  // namespace noema::tests
