#include "experiments/settings.h"

#include <catch2/catch.hpp>

#include "base/files.h"
#include "tests/experiments/fakes.h"

using namespace noema::experiments;
namespace base = noema::base;
using nlohmann::json;

TEST_CASE("the table of settings has a row for each setting and arm, with the seconds of each", "[grid]") {
  const TemporaryFolder folder;
  ExperimentConfig config;
  config.name = "n";
  config.grid = {{"protocol.think", {0, 2}}};
  for (const int think : {0, 2}) {
    ExperimentConfig setting;
    setting.setting = "think-" + std::to_string(think);
    setting.chosen = {{"protocol.think", think}};
    config.settings.push_back(setting);
    const auto own = folder / setting.setting;
    std::filesystem::create_directories(own);
    base::write_file(own / "manifest.json", R"({"data_hash": "same"})");
    base::write_file(own / "results.json", R"({"arms": [{"arm": "a", "accuracy": 0.5}]})");
    base::write_file(own / "timings.json", R"({"a": {"seconds": )" + std::to_string(think) + "}}");
  }
  const json table = table_of_settings(config, folder.path());
  CHECK(table["same_data"] == true);
  REQUIRE(table["arms"].size() == 2);
  CHECK(table["arms"][1]["setting"] == "think-2");
  CHECK(table["arms"][1]["seconds"] == 2);
  CHECK(table["arms"][1]["chosen"]["protocol.think"] == 2);
  base::write_file(folder / "think-2/manifest.json", R"({"data_hash": "other"})");
  CHECK(table_of_settings(config, folder.path())["same_data"] == false);
}
