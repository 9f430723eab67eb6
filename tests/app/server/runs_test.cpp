#include "app/server/runs.h"

#include <catch2/catch.hpp>
#include <filesystem>

#include "app/actions/names.h"
#include "base/files.h"
#include "tests/app/program.h"

namespace noema::tests {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr const char* kResults = R"({"name":"first life","seed":3,"arms":[{"arm":"memory"},{"arm":"noema"}]})";

struct RunsOnDisk {
  Workplace work;
  fs::path folder = work.file("runs");
  RunsOnDisk() { add("a", kResults); }

  void add(const std::string& name, const std::string& results) {
    fs::create_directories(folder / name);
    base::write_file((folder / name / "results.json").string(), results);
  }
};

}  // namespace

TEST_CASE("of a grid, whose arms have a row for each setting, each arm is listed once", "[server]") {
  RunsOnDisk disk;
  disk.add("a", R"({"name":"n","grid":[],"arms":[{"arm":"noema","setting":"x"},{"arm":"noema","setting":"y"}]})");
  CHECK(app::Runs(disk.folder).list()["runs"][0]["arms"] == nlohmann::ordered_json{"noema"});
}

TEST_CASE("finished runs are listed, and folders that hold something else are not") {
  RunsOnDisk disk;
  fs::create_directories(disk.folder / "unfinished");
  disk.add("other", "[1, 2");
  disk.add("strange", R"({"arms": 7})");
  base::write_file((disk.folder / "a" / "manifest.json").string(), R"({"ended":"2026-01-02T03:04:05+00:00"})");
  const json list = json::parse(app::Runs(disk.folder).list().dump());
  CHECK(list["runs"] == json::parse(R"([{"run":"a","name":"first life","seed":3,"arms":["memory","noema"],
                                         "ended":"2026-01-02T03:04:05+00:00"}])"));
  fs::rename(disk.folder / "a" / "manifest.json", disk.work.file("outside.json"));
  fs::create_symlink(disk.work.file("outside.json"), disk.folder / "a" / "manifest.json");
  CHECK(app::Runs(disk.folder).list()["runs"][0]["ended"].is_null());  // a link out of the folder is not followed
  CHECK(app::Runs().list()["runs"].empty());
  CHECK_THROWS_AS(app::Runs(disk.folder / "none"), base::Error);
}

TEST_CASE("a run is given with its results and experiences; of many, some of each arm and the last") {
  RunsOnDisk disk;
  std::string lines;
  for (int i = 1; i <= 1000; ++i)
    for (const char* arm : {"memory", "noema"}) lines += json{{"arm", arm}, {"experience", i}}.dump() + "\n";
  base::write_file((disk.folder / "a" / "events.jsonl").string(), lines);
  const json run = json::parse(app::Runs(disk.folder).run("a").dump());
  CHECK(run["results"]["seed"] == 3);
  CHECK(run["cut"] == true);
  CHECK(run["experiences"].size() <= 2 * app::Runs::kMostExperiences);
  CHECK(run["experiences"].size() > app::Runs::kMostExperiences / 2);
  CHECK(run["experiences"].back() == json{{"arm", "noema"}, {"experience", 1000}});
}

TEST_CASE("nothing outside the folder of runs has a name, and nothing hidden or linked") {
  RunsOnDisk disk;
  disk.add(".hidden", kResults);
  disk.add("../outside", kResults);
  fs::create_directory_symlink(disk.folder / "a", disk.folder / "link");
  fs::create_directories(disk.folder / "linked");
  fs::create_symlink(disk.folder / "a" / "results.json", disk.folder / "linked" / "results.json");
  const app::Runs runs(disk.folder);
  CHECK(runs.list()["runs"].size() == 1);
  for (const std::string& name : std::vector<std::string>{"", ".", "..", "../outside", "../runs/a", "/", "a/",
                                                          ".hidden", "link", "linked", "none", std::string("a\0", 2)})
    CHECK_THROWS_AS(runs.run(name), app::UnknownName);
}

}  // namespace noema::tests
