#include "experiments/compare.h"

#include <catch2/catch.hpp>

#include "base/error.h"
#include "base/files.h"
#include "tests/experiments/fakes.h"

using namespace noema::experiments;
namespace base = noema::base;
namespace fs = std::filesystem;
using nlohmann::json;

namespace {

void run_into(const fs::path& out, const ExperimentConfig& config) {
  HookCalls calls;
  ExperimentOptions options;
  options.out = out;
  run_experiment(config, fake_hooks(calls), options);
}

}  // namespace

TEST_CASE("runs are compared by arm, with the settings that differ") {
  const TemporaryFolder folder;
  auto config = small_experiment();
  run_into(folder / "a", config);
  config.protocol.think = 5;
  config.arms = {"static", "noema"};
  run_into(folder / "b", config);
  const json comparison = compare_runs({folder / "a", folder / "b"});
  CHECK(comparison["runs"].size() == 2);
  CHECK(comparison["arms"].size() == 7);
  CHECK(comparison["same_data"] == true);
  bool found = false;
  for (const json& setting : comparison["settings"]) {
    if (setting["key"] != "protocol.think") continue;
    found = true;
    CHECK(setting["values"] == json({2, 5}));
  }
  CHECK(found);
  for (const json& row : comparison["arms"]) CHECK(row["difference_bits_per_char"] == 0);

  const std::string text = comparison_text(comparison);
  CHECK_THAT(text, Catch::Contains("protocol.think") && Catch::Contains("noema"));
  const std::string html = comparison_html(comparison);
  CHECK_THAT(html, Catch::Contains("Settings that differ") && !Catch::Contains("<script>"));
}

TEST_CASE("runs over different data are compared with a warning and their difference") {
  const TemporaryFolder folder;
  auto config = small_experiment();
  config.arms = {"noema"};
  run_into(folder / "a", config);
  config.seed = 2;
  run_into(folder / "b", config);
  const json comparison = compare_runs({folder / "a", folder / "b"});
  CHECK(comparison["same_data"] == false);
  CHECK(comparison["arms"][1]["difference_bits_per_char"].get<double>() ==
        Approx(comparison["arms"][1]["bits_per_char"].get<double>() -
               comparison["arms"][0]["bits_per_char"].get<double>()));
  CHECK_THAT(comparison_text(comparison), Catch::Contains("different data"));
}

TEST_CASE("compare says which folder holds no run") {
  const TemporaryFolder folder;
  CHECK_THROWS_WITH(compare_runs({folder / "none"}), Catch::Contains("none is no folder"));
  CHECK_THROWS_WITH(compare_runs({folder.path()}), Catch::Contains("holds no finished run"));
  CHECK_THROWS_AS(compare_runs({}), base::UsageError);
}

TEST_CASE("runs whose files are damaged are refused with the file and what to do, by every form of damage") {
  const TemporaryFolder folder;
  auto config = small_experiment();
  config.arms = {"noema"};
  run_into(folder / "a", config);
  const auto refused = [&](const char* file, const std::string& content) {
    const std::string before = base::read_file(folder / "a" / file);
    base::write_file(folder / "a" / file, content);
    INFO(file << ": " << content);
    CHECK_THROWS_WITH(compare_runs({folder / "a"}), Catch::Contains(file) && Catch::Contains("--force"));
    base::write_file(folder / "a" / file, before);
  };
  for (const char* content : {"", "{", "[]", "7", "null"}) {
    refused("results.json", content);
    refused("manifest.json", content);
  }
  for (const char* content :
       {"{}", R"({"arms": 7})", R"({"arms": [7]})", R"({"arms": [{}]})", R"({"arms": [{"arm": 7}]})",
        R"({"arms": [{"arm": "a", "bits_per_char": "x"}]})", R"({"arms": [{"arm": "a", "concepts": [1]}]})"})
    refused("results.json", content);
  for (const char* content : {R"({"name": 7})", R"({"data_hash": null})", R"({"experiment": []})"})
    refused("manifest.json", content);
  CHECK_NOTHROW(comparison_text(compare_runs({folder / "a"})));
}

TEST_CASE("a run with fewer measures than another is compared by those it has, and shows a dash for the others") {
  const TemporaryFolder folder;
  auto config = small_experiment();
  config.arms = {"noema"};
  run_into(folder / "a", config);
  std::filesystem::create_directories(folder / "b");
  base::write_file(folder / "b" / "manifest.json", R"({"name": "bare"})");
  base::write_file(folder / "b" / "results.json", R"({"arms": [{"arm": "noema"}, {"arm": "道"}]})");
  const json comparison = compare_runs({folder / "a", folder / "b"});
  REQUIRE(comparison["arms"].size() == 3);
  CHECK_FALSE(comparison["arms"][1].contains("difference_bits_per_char"));
  const std::string text = comparison_text(comparison);
  CHECK_THAT(text, Catch::Contains("–") && Catch::Contains("bare"));
  CHECK(comparison["same_data"] == false);
}
