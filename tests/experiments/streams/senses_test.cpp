#include "experiments/streams/senses.h"

#include <catch2/catch.hpp>

#include "base/error.h"
#include "base/files.h"
#include "experiments/streams/registry.h"
#include "tests/experiments/fakes.h"

using namespace noema::experiments;
namespace base = noema::base;
namespace fs = std::filesystem;
using noema::reasoning::LabelledText;

namespace {

/// A word with two senses: twelve sentences to learn from, two for the test.
fs::path write_word(const TemporaryFolder& folder, const std::string& word) {
  const fs::path own = folder / word;
  fs::create_directories(own);
  std::string sentences, gold;
  for (int i = 0; i < 12; ++i) {
    sentences += "1\tthe " + word + " number " + std::to_string(i) + "\n";
    gold += i % 2 == 0 ? "0\n" : "1\n";
  }
  base::write_file(own / "classes_map.txt", R"({"0": "fruit", "1": "firm"})");
  base::write_file(own / "train.data.txt", sentences);
  base::write_file(own / "train.gold.txt", gold);
  base::write_file(own / "test.data.txt", "0\t" + word + " here\n0\t" + word + " there\n");
  base::write_file(own / "test.gold.txt", "1\n0\n");
  return own / "classes_map.txt";
}

ClassTasks read_senses(const std::vector<fs::path>& maps, bool test = true, std::uint64_t seed = 1) {
  StreamConfig config("senses");
  config.paths = maps;
  config.settings.set("test", test);
  return stream_kind("senses").read_tasks(config, seed);
}

}  // namespace

TEST_CASE("each word is a task whose classes are its senses", "[classes]") {
  const TemporaryFolder folder;
  const std::vector<fs::path> maps{write_word(folder, "apple"), write_word(folder, "java"), write_word(folder, "bow")};
  const ClassTasks stream = read_senses(maps);
  REQUIRE(stream.tasks.size() == 3);
  std::set<std::string> first;
  for (const ClassTask& task : stream.tasks) {
    REQUIRE(task.labels.size() == 2);
    const std::string word = task.labels[0].substr(0, task.labels[0].find(':'));
    CHECK(first.insert(word).second);
    CHECK(task.labels == std::vector<std::string>{word + ": firm", word + ": fruit"});
    CHECK(task.train.size() == 12);
    REQUIRE(task.test.size() == 2);
    for (const auto& item : task.train) CHECK(std::get<LabelledText>(item).text.find("the " + word) == 0);
  }
  CHECK(hash_of(stream) == hash_of(read_senses(maps)));
  CHECK(hash_of(stream) != hash_of(read_senses(maps, true, 2)));
}

TEST_CASE("without the test every tenth sentence to learn from is asked about instead", "[classes]") {
  const TemporaryFolder folder;
  const ClassTasks stream = read_senses({write_word(folder, "apple")}, false);
  CHECK(stream.tasks[0].train.size() == 11);
  REQUIRE(stream.tasks[0].test.size() == 1);
  CHECK(std::get<LabelledText>(stream.tasks[0].test[0]).text == "the apple number 9");
}

TEST_CASE("files of senses that do not fit together are refused by name and line", "[classes]") {
  const TemporaryFolder folder;
  const auto refused = [&](const char* file, const std::string& content, const std::string& why) {
    const fs::path map = write_word(folder, "apple");
    base::write_file(map.parent_path() / file, content);
    CHECK_THROWS_WITH(read_senses({map}), Catch::Contains(file) && Catch::Contains(why));
  };
  refused("classes_map.txt", "[]", "no JSON object of senses");
  refused("classes_map.txt", "{", "no JSON object of senses");
  refused("classes_map.txt", R"({"0": 1})", "sense '0' has no text");
  refused("train.data.txt", "no tab\n", "train.data.txt:1: expected POSITION<TAB>SENTENCE");
  refused("train.data.txt", "0\t\xff\n", "UTF-8");
  refused("train.gold.txt", "0\n", "train.gold.txt:2: the file ends before");
  refused("test.gold.txt", "0\n7\n", "test.gold.txt:2: sense '7'");
  const fs::path map = write_word(folder, "apple");
  CHECK_THROWS_WITH(read_senses({map, map}), Catch::Contains("name each word once"));
  fs::remove(map.parent_path() / "test.data.txt");
  CHECK_THROWS_WITH(read_senses({map}), Catch::Contains("test.data.txt"));
}
