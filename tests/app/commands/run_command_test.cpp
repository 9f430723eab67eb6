#include <catch2/catch.hpp>
#include <filesystem>

#include "base/files.h"
#include "tests/app/program.h"

using namespace noema::tests;

namespace {

constexpr const char* kShort =
    "arms = [\"static\", \"cache\"]\nseed = 3\n[model]\npreset = \"tiny\"\ntokenizer = \"characters\"\nsteps = 2\n"
    "train_lines = 20\n[stream]\nlines = 30\npeople = 10\nplaces = 4\n";

nlohmann::json file_of_run(const Workplace& work, const std::string& file) {
  return nlohmann::json::parse(noema::base::read_file(work.path / "out" / file));
}

}  // namespace

TEST_CASE("run prints a row an arm for people, and where the report lies") {
  const Workplace work;
  const auto ran = run_noema({"run", work.write("e.toml", kShort), "--out", work.file("out")});
  INFO(ran.err);
  REQUIRE(ran.status == 0);
  CHECK_THAT(ran.out, Catch::StartsWith("arm ") && Catch::Contains("bits per character") &&
                          Catch::Contains("claimed gain") && Catch::Contains("\nstatic ") &&
                          Catch::Contains("\ncache ") && Catch::Contains("report: " + work.file("out/report.html")) &&
                          !Catch::Contains("{") && !Catch::Contains("nan"));
  CHECK_THAT(ran.err, Catch::Contains("training the tiny model\n") && Catch::Contains("arm static\n"));
  CHECK(std::filesystem::exists(work.file("out/report.html")));
}

TEST_CASE("as JSON a run is an object an arm and one with the report; --quiet says nothing beside it") {
  const Workplace work;
  const auto ran = run_noema({"run", work.write("e.toml", kShort), "--out", work.file("out"), "--json", "--quiet"});
  REQUIRE(ran.status == 0);
  CHECK(ran.err.empty());
  const auto rows = ran.json();
  REQUIRE(rows.size() == 3);
  CHECK(rows[0]["arm"] == "static");
  for (const auto& row : {rows[0], rows[1]})
    for (const char* key : {"bits_per_char", "seconds", "thinking_seconds", "state_bytes", "concepts", "thoughts"})
      CHECK(row.contains(key));
  CHECK(rows[2] == nlohmann::json{{"report", work.file("out/report.html")}});
}

TEST_CASE("--seed stands over the seed of the file, and the same seed gives the same results") {
  const Workplace work;
  const std::string toml = work.write("e.toml", kShort);
  const auto results_with = [&](const std::vector<std::string>& seed) {
    std::vector<std::string> arguments{"run", toml, "--out", work.file("out"), "--quiet", "--force"};
    arguments.insert(arguments.end(), seed.begin(), seed.end());
    REQUIRE(run_noema(arguments).status == 0);
    return file_of_run(work, "results.json");
  };
  const auto as_written = results_with({}), seven = results_with({"--seed", "7"});
  CHECK(as_written["seed"] == 3);
  CHECK(seven["seed"] == 7);
  CHECK(seven["arms"][0]["bits_per_char"] != as_written["arms"][0]["bits_per_char"]);
  CHECK(results_with({"--seed", "3"}) == as_written);
}

TEST_CASE("run says what is wrong with an experiment before it makes a folder") {
  const Workplace work;
  const auto run = [&](const std::string& file) { return run_noema({"run", file, "--out", work.file("out")}); };
  check_complaint(run_noema({"run", work.write("e.toml", kShort)}), 2, "--out is required");
  check_complaint(run_noema({"run"}), 2, "required");
  check_complaint(run(work.file("none.toml")), 1, "none.toml: no such file");
  check_complaint(run(work.write("t.toml", "just text\n")), 1, "t.toml:1: not TOML");
  const std::string rest = "[model]\ntrain_lines = 20\n";
  check_complaint(run(work.write("a.toml", "arms = [\"oracle\"]\n" + rest)), 1, "oracle");
  check_complaint(run(work.write("s.toml", rest + "[stream]\nkind = \"rain\"\n")), 1, "rain");
  check_complaint(run(work.write("m.toml", rest + "width = 30\nheads = 4\n")), 1, "m.toml: [model]: heads 4");
  CHECK_FALSE(std::filesystem::exists(work.file("out")));
}

TEST_CASE("a folder that holds something else is left alone, and a finished run is not made again") {
  const Workplace work;
  const std::string toml = work.write("e.toml", kShort);
  std::filesystem::create_directories(work.path / "out");
  work.write("out/mine.txt", "do not touch\n");
  check_complaint(run_noema({"run", toml, "--out", work.file("out"), "--quiet"}), 1, "out");
  check_complaint(run_noema({"run", toml, "--out", work.file("out"), "--quiet", "--resume"}), 1, "out");
  CHECK(noema::base::read_file(work.path / "out" / "mine.txt") == "do not touch\n");
  check_complaint(run_noema({"run", toml, "--out", toml, "--quiet"}), 1, "e.toml");
}
