#include "experiments/streams/intents.h"

#include <catch2/catch.hpp>

#include "base/error.h"
#include "tests/experiments/streams/reading.h"

using namespace noema::experiments;
using noema::reasoning::LabelledText;

namespace {

const std::string kData = R"({"train": [["one", "a"], ["two", "b"]], "val": [["three", "a"]],
                              "test": [["four", "b"], ["five", "a"]], "oos_val": [["six", "oos"]], "oos_test": []})";

}  // namespace

TEST_CASE("of CLINC150's JSON the validation part is read, or the test, and what is of no class", "[classes]") {
  const TemporaryFolder folder;
  const auto path = write(folder, "a.json", kData);
  const ClassTasks validation = read("intents", {path});
  CHECK(asked_in(validation) == 1);
  CHECK(learned_in(validation) == 2);
  CHECK(validation.outside.size() == 1);
  const ClassTasks test = read("intents", {path}, {true, 2});
  CHECK(asked_in(test) == 2);
  CHECK(test.outside.empty());
}

TEST_CASE("a JSON file that is not such a one is refused by name, key and item", "[classes]") {
  const TemporaryFolder folder;
  const auto refused = [&](const std::string& bytes, const std::string& why) {
    CHECK_THROWS_WITH(read("intents", {write(folder, "b.json", bytes)}),
                      Catch::Contains("b.json") && Catch::Contains(why));
  };
  refused("[1", "not JSON");
  refused("[1]", "'train' is missing");
  refused(R"({"train": 5})", "'train' is number");
  refused(R"({"train": [["one"]]})", "item 1 is no pair");
  refused(R"({"train": [["one", "a"], ["one", 2]]})", "item 2 is no pair");
  refused(R"({"train": []})", "'val' is missing");
}

TEST_CASE("a line feed in a text becomes a space", "[classes]") {
  const TemporaryFolder folder;
  const auto path = write(folder, "a.json", R"({"train": [["one\ntwo", "a"]], "val": [], "oos_val": []})");
  const ClassTasks stream = read("intents", {path}, {false, 1});
  CHECK(std::get<LabelledText>(stream.tasks[0].train[0]).text == "one two");
}

TEST_CASE("two TSV files are read: to learn from, and to be asked about", "[classes]") {
  const TemporaryFolder folder;
  const auto train = write(folder, "a.tsv", "a\tone\nb\ttwo\ttabbed\n"), test = write(folder, "b.tsv", "a\tthree\n");
  const ClassTasks stream = read("intents", {train, test}, {false, 1});
  CHECK(learned_in(stream) == 2);
  CHECK(asked_in(stream) == 1);
  CHECK_THROWS_WITH(read("intents", {train, write(folder, "c.tsv", "no tab\n")}), Catch::Contains("c.tsv:1: expected"));
  CHECK_THROWS_WITH(read("intents", {train}), Catch::Contains("names 1 files"));
  CHECK_THROWS_WITH(read("intents", {train, folder / "none.tsv"}), Catch::Contains("none.tsv"));
}
