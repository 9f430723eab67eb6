#include "experiments/streams/class_tasks.h"

#include <catch2/catch.hpp>
#include <fstream>
#include <set>

#include "base/error.h"
#include "experiments/streams/images.h"
#include "experiments/streams/registry.h"
#include "tests/experiments/fakes.h"

using namespace noema::experiments;
using noema::reasoning::Features;
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

std::filesystem::path write(const TemporaryFolder& folder, const std::string& name, const std::string& bytes) {
  std::ofstream(folder / name, std::ios::binary) << bytes;
  return folder / name;
}

ClassTasks read(const std::string& kind, const std::vector<std::filesystem::path>& paths, bool test = false,
                std::size_t tasks = 2) {
  StreamConfig config(kind);
  config.paths = paths;
  config.settings.set("test", test);
  config.settings.set("tasks", static_cast<std::int64_t>(tasks));
  return stream_kind(kind).read_tasks(config, 1);
}

using namespace std::string_literals;
const std::string kImages =
    "\0\0\10\3\0\0\0\4\0\0\0\2\0\0\0\2"s + "\0\377\0\0"s + "\377\0\0\0"s + "\0\0\377\0"s + "\0\0\0\377"s;
const std::string kLabels = "\0\0\10\1\0\0\0\4\1\7\1\7"s;

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

TEST_CASE("the same seed gives the same tasks, another seed others", "[classes]") {
  for (const char* kind : {"inventions"}) {
    const StreamConfig config{std::string(kind)};
    const auto& read_tasks = stream_kind(kind).read_tasks;
    CHECK(hash_of(read_tasks(config, 1)) == hash_of(read_tasks(config, 1)));
    CHECK(hash_of(read_tasks(config, 1)) != hash_of(read_tasks(config, 2)));
  }
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

TEST_CASE("CLINC150's JSON is read: validation or test, and what is of no class", "[classes]") {
  const TemporaryFolder folder;
  const auto path = write(folder, "a.json",
                          R"({"train": [["one", "a"], ["two", "b"]], "val": [["three", "a"]],
                              "test": [["four", "b"], ["five", "a"]], "oos_val": [["six", "oos"]], "oos_test": []})");
  CHECK(read("intents", {path}).outside.size() == 1);
  const ClassTasks test = read("intents", {path}, true);
  CHECK(test.tasks[0].test.size() + test.tasks[1].test.size() == 2);
  CHECK(test.outside.empty());
  CHECK_THROWS_WITH(read("intents", {write(folder, "b.json", "[1")}), Catch::Contains("not JSON"));
  CHECK_THROWS_WITH(read("intents", {write(folder, "c.json", R"({"train": [["one"]]})")}),
                    Catch::Contains("item 1 is no pair"));
  CHECK_THROWS_WITH(read("intents", {write(folder, "d.json", R"({"train": []})")}),
                    Catch::Contains("'val' is missing"));
}

TEST_CASE("two TSV files are read", "[classes]") {
  const TemporaryFolder folder;
  const auto train = write(folder, "a.tsv", "a\tone\nb\ttwo\n"), test = write(folder, "b.tsv", "a\tthree\n");
  CHECK(read("intents", {train, test}).tasks.size() == 2);
  CHECK_THROWS_WITH(read("intents", {train, write(folder, "c.tsv", "no tab\n")}), Catch::Contains("c.tsv:1: expected"));
  CHECK_THROWS_WITH(read("intents", {train}), Catch::Contains("names 1 files"));
}

TEST_CASE("idx files are read, and broken ones are refused by name", "[classes]") {
  const TemporaryFolder folder;
  const auto images = write(folder, "i", kImages), labels = write(folder, "l", kLabels);
  const Items items = read_idx(images, labels);
  REQUIRE(items.size() == 4);
  const auto& first = std::get<Features>(items[0]);
  CHECK(first.label == "1");
  CHECK(first.width == 2);
  CHECK(first.values == std::vector<float>{0, 1, 0, 0});
  CHECK_THROWS_WITH(read_idx(write(folder, "short", kImages.substr(0, 20)), labels), Catch::Contains("ends after 4"));
  CHECK_THROWS_WITH(read_idx(write(folder, "empty", ""), labels), Catch::Contains("ends in its header"));
  CHECK_THROWS_WITH(read_idx(labels, labels), Catch::Contains("magic number"));
  CHECK_THROWS_WITH(read_idx(write(folder, "x.gz", kImages), labels), Catch::Contains("cannot be decompressed"));
  CHECK_THROWS_WITH(read_idx(images, write(folder, "few", "\0\0\10\1\0\0\0\1\1"s)), Catch::Contains("1 labels"));
}
