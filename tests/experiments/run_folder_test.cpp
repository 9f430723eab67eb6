#include "experiments/run_folder.h"

#include <catch2/catch.hpp>
#include <limits>

#include "base/error.h"
#include "base/files.h"
#include "tests/experiments/fakes.h"

using namespace noema::experiments;
namespace base = noema::base;
using nlohmann::json;

TEST_CASE("bits are written and read back exactly, and a cut file is refused") {
  const TemporaryFolder folder;
  const std::vector<float> bits = {0.0F, 1.25F, 1e-30F, 1e9F};
  write_bits(folder / "a.bits", bits);
  CHECK(read_bits(folder / "a.bits") == bits);
  base::write_file(folder / "cut.bits", "12345");
  CHECK_THROWS_AS(read_bits(folder / "cut.bits"), base::Error);
  CHECK_THROWS_AS(read_bits(folder / "none.bits"), base::Error);
}

TEST_CASE("a damaged manifest is named, not half understood") {
  const TemporaryFolder folder;
  base::write_file(folder / "manifest.json", "{\"config_hash\": ");
  CHECK_THROWS_WITH(RunFolder(folder.path(), "h", true, false), Catch::Contains("manifest.json: not JSON"));
}

TEST_CASE("an arm's leavings are cleared without touching an arm whose name begins alike") {
  const TemporaryFolder folder;
  RunFolder run(folder / "out", "h", false, false);
  for (const char* name : {"a.life", "a.life-wal", "a.life.lock", "a.bits", "ab.life", "a.lifelong"})
    base::write_file(run.file(name), "x");
  run.clear_arm("a");
  CHECK_FALSE(std::filesystem::exists(run.file("a.life")));
  CHECK_FALSE(std::filesystem::exists(run.file("a.life-wal")));
  CHECK_FALSE(std::filesystem::exists(run.file("a.life.lock")));
  CHECK_FALSE(std::filesystem::exists(run.file("a.bits")));
  CHECK(std::filesystem::exists(run.file("ab.life")));
  CHECK(std::filesystem::exists(run.file("a.lifelong")));
}

TEST_CASE("only events of finished arms survive, in the order asked for") {
  const TemporaryFolder folder;
  {
    RunFolder run(folder / "out", "h", false, false);
    run.save_manifest();
    run.event({{"arm", "b"}, {"experience", 1}});
    run.event({{"arm", "a"}, {"experience", 1}});
    run.event({{"arm", "c"}, {"experience", 1}});
    run.finish({{"arm", "b"}}, {1.0F});
    run.finish({{"arm", "a"}}, {1.0F});
  }
  RunFolder run(folder / "out", "h", true, false);
  CHECK(run.finished("a") != nullptr);
  CHECK(run.finished("c") == nullptr);
  run.order_events({"a", "b"});
  const auto events = read_json_lines(run.file("events.jsonl"));
  REQUIRE(events.size() == 2);
  CHECK(events[0]["arm"] == "a");
}

TEST_CASE("JSON text is valid UTF-8 even when a label is not") { CHECK(json_text(json("\xff")) == "\"\xef\xbf\xbd\""); }

namespace {

/// A folder that holds an unfinished run with one finished arm, and whose file `name` is then written anew.
void require_refused(const char* name, const std::string& content, const char* why) {
  const TemporaryFolder folder;
  {
    RunFolder run(folder / "out", "h", false, false);
    run.manifest()["experiment"] = {{"name", "x"}, {"arms", {"a"}}};
    run.save_manifest();
    run.finish({{"arm", "a"}}, {1.0F});
  }
  base::write_file(folder / "out" / name, content);
  INFO(name << ": " << content);
  CHECK_THROWS_WITH(RunFolder(folder / "out", "h", true, false), Catch::Contains(why));
  CHECK_NOTHROW(RunFolder(folder / "out", "h", false, true));  // --force begins anew, whatever is there
}

}  // namespace

TEST_CASE("a manifest or a list of arms that is JSON of another form is told as damaged") {
  for (const char* content : {"[]", "7", "null", "\"x\""}) {
    require_refused("manifest.json", content, "manifest.json: expected an object");
    if (std::string(content) != "[]") require_refused("arms.json", content, "arms.json: expected a list");
  }
  for (const char* content : {"[7]", "[{}]", "[{\"arm\": 7}]", "[null]", "{\"arm\": \"a\"}"})
    require_refused("arms.json", content, "arms.json: expected a list of the results of arms");
  for (const char* content :
       {"{}", "{\"config_hash\": 7}", "{\"config_hash\": \"other\", \"experiment\": {\"name\": 7}}",
        "{\"config_hash\": null, \"experiment\": 7}"})
    require_refused("manifest.json", content, "holds another experiment ('?'");
}

TEST_CASE("events that are no objects, of no arm, or cut short are dropped when a run is picked up again") {
  const TemporaryFolder folder;
  {
    RunFolder run(folder / "out", "h", false, false);
    run.save_manifest();
    run.event({{"arm", "a"}, {"experience", 1}});
    run.finish({{"arm", "a"}}, {1.0F});
  }
  const std::string kept = base::read_file(folder / "out" / "events.jsonl");
  base::write_file(folder / "out" / "events.jsonl",
                   "[1]\n{\"arm\": 7}\n7\n{}\nnot json\n" + kept + "{\"arm\": \"a\", \"exper");
  RunFolder run(folder / "out", "h", true, false);
  CHECK(base::read_file(run.file("events.jsonl")) == kept);
}

TEST_CASE("a run that was killed while it began is a run, and goes on") {
  const TemporaryFolder folder;
  std::filesystem::create_directories(folder / "out");
  base::write_file(folder / "out" / "manifest.json.part77", "{\"conf");
  { const RunFolder run(folder / "out", "h", true, false); }  // ends before it says more
  CHECK(std::filesystem::exists(folder / "out" / "manifest.json"));
  CHECK_FALSE(std::filesystem::exists(folder / "out" / "manifest.json.part77"));
  CHECK_THROWS_WITH(RunFolder(folder / "out", "g", true, false), Catch::Contains("holds another experiment"));
  CHECK_NOTHROW(RunFolder(folder / "out", "h", true, false));
}

TEST_CASE("a folder with other files, or with this run already, is left alone unless told otherwise") {
  const TemporaryFolder folder;
  std::filesystem::create_directories(folder / "other");
  base::write_file(folder / "other" / "notes.txt", "mine");
  CHECK_THROWS_WITH(RunFolder(folder / "other", "h", false, false), Catch::Contains("holds files but no run"));
  { const RunFolder forced(folder / "other", "h", false, true); }
  CHECK(base::read_file(folder / "other" / "notes.txt") == "mine");  // force removes what a run writes, no more
  RunFolder(folder / "out", "h", false, false).save_manifest();
  CHECK_THROWS_WITH(RunFolder(folder / "out", "h", false, false),
                    Catch::Contains("holds this experiment already (unfinished)"));
  CHECK_THROWS_WITH(RunFolder(folder / "out", "g", true, false), Catch::Contains("holds another experiment"));
  base::write_file(folder / "file", "x");
  CHECK_THROWS_WITH(RunFolder(folder / "file", "h", false, false), Catch::Contains("cannot make folder"));
}

TEST_CASE("an arm's name with marks gives files without them, and no path out of the folder") {
  const TemporaryFolder folder;
  RunFolder run(folder / "out", "h", false, false);
  CHECK(RunFolder::file_name_of("noema{without=merge;x=1,2}") == "noema_without_merge_x_1_2_");
  CHECK(RunFolder::file_name_of("a b/c") == "a_b_c");
  CHECK(run.life("../../x").parent_path() == run.file("").parent_path());
  CHECK(run.bits("a").filename() == "a.bits");
}

TEST_CASE("bits that are not finite are refused") {
  const TemporaryFolder folder;
  for (const float bad : {std::numeric_limits<float>::infinity(), std::numeric_limits<float>::quiet_NaN()}) {
    write_bits(folder / "a.bits", {1, bad});
    CHECK_THROWS_WITH(read_bits(folder / "a.bits"), Catch::Contains("a.bits: expected finite bits"));
  }
  write_bits(folder / "none.bits", {});
  CHECK(read_bits(folder / "none.bits").empty());
}
