#include "experiments/streams/class_tasks.h"

#include <catch2/catch.hpp>
#include <set>

#include "base/error.h"

using namespace noema::experiments;
using noema::reasoning::LabelledText;

namespace {

Items texts_of(const std::vector<std::string>& labels, const std::string& what) {
  Items items;
  for (std::size_t i = 0; i < labels.size(); ++i) items.emplace_back(LabelledText{what + std::to_string(i), labels[i]});
  return items;
}

CutOptions options_of(std::size_t tasks) {
  CutOptions options;
  options.tasks = tasks;
  return options;
}

}  // namespace

TEST_CASE("classes are cut into tasks of equal number, the first ones taking the rest", "[classes]") {
  const auto labels = std::vector<std::string>{"a", "b", "c", "d", "e", "a"};
  const ClassTasks cut = cut_into_tasks(texts_of(labels, "t"), texts_of(labels, "q"), {}, options_of(2));
  REQUIRE(cut.tasks.size() == 2);
  CHECK(cut.tasks[0].labels.size() == 3);
  CHECK(cut.tasks[1].labels.size() == 2);
  std::size_t learned = 0, asked = 0;
  for (const ClassTask& task : cut.tasks) {
    learned += task.train.size();
    asked += task.test.size();
    const std::set<std::string> own(task.labels.begin(), task.labels.end());
    for (const auto& item : task.train) CHECK(own.contains(label_of(item)));
    for (const auto& item : task.test) CHECK(own.contains(label_of(item)));
  }
  CHECK(learned == 6);
  CHECK(asked == 6);
}

TEST_CASE("classes that belong together stay so, in an order of the seed", "[classes]") {
  const auto labels = std::vector<std::string>{"a", "b", "c", "d", "e"};
  CutOptions options = options_of(1);
  options.groups = {{"a", "c"}, {"b"}, {"d", "e"}};
  const auto cut = [&] { return cut_into_tasks(texts_of(labels, "t"), texts_of(labels, "q"), {}, options); };
  std::set<std::vector<std::string>> found;
  for (const ClassTask& task : cut().tasks) found.insert(task.labels);
  CHECK(found == std::set<std::vector<std::string>>(options.groups.begin(), options.groups.end()));
  options.shuffle_classes = false;
  CHECK(cut().tasks[2].labels == options.groups[2]);
  CHECK(cut().tasks[2].train.size() == 2);
}

TEST_CASE("an item that is learned from and asked about stops the run, or is left out if that was asked for",
          "[classes]") {
  const Items train = texts_of({"a", "b"}, "same"), test = texts_of({"b", "b", "a"}, "same");
  CHECK_THROWS_WITH(cut_into_tasks(train, test, {}, options_of(1)), Catch::Contains("the stream leaks: \"same0\""));
  CutOptions options = options_of(1);
  options.leave_out_known = true;
  const ClassTasks cut = cut_into_tasks(train, test, {}, options);
  CHECK(cut.left_out == 2);
  CHECK(cut.tasks[0].test.size() == 1);
  CHECK_THROWS_WITH(cut_into_tasks(train, {}, train, options_of(1)), Catch::Contains("leaks"));
}

TEST_CASE("too few classes, and a class that is never learned, are refused", "[classes]") {
  CHECK_THROWS_WITH(cut_into_tasks(texts_of({"a"}, "t"), {}, {}, options_of(2)), Catch::Contains("2 tasks for 1"));
  CHECK_THROWS_WITH(cut_into_tasks(texts_of({"a"}, "t"), texts_of({"b"}, "q"), {}, options_of(1)),
                    Catch::Contains("'b' is asked about"));
}
