#include "experiments/run_folder.h"

#include <catch2/catch.hpp>

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
