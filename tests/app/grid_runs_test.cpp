// Experiments of several runs by the program: processes of its own, and those of mpirun.

#include <catch2/catch.hpp>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <thread>

#include "base/child_process.h"
#include "base/files.h"
#include "tests/app/program.h"

using namespace noema::tests;
namespace base = noema::base;
namespace fs = std::filesystem;

namespace {

/// Four runs: two settings of two seeds.
constexpr const char* kGrid =
    "name = \"invented\"\narms = [\"class_means\", \"ridge{features=20}\"]\n[stream]\nkind = \"inventions\"\n"
    "[grid]\narms.ridge.ridge = [1, 100]\nseed = [1, 2]\n";

/// The same over more items, so that it takes a while.
constexpr const char* kLongGrid =
    "arms = [\"class_means\", \"ridge{features=400}\"]\n[stream]\nkind = \"inventions\"\nitems = 100\n"
    "[grid]\narms.ridge.ridge = [1, 100]\nseed = [1, 2, 3]\n";

int shell(const std::string& script) {
  base::ChildProcess child({"/bin/sh", "-c", script});
  while (!child.status()) std::this_thread::sleep_for(std::chrono::milliseconds(5));
  UNSCOPED_INFO(child.last_line());
  return *child.status();
}

/// mpirun with three ranks of what follows; "" if there is no mpirun.
std::string mpirun(const std::string& flags = "") {
  if (shell("command -v mpirun > /dev/null") != 0) return "";
  return "OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1 mpirun --oversubscribe -n 3 " + flags + " ";
}

/// results.json, and those of one setting and of one run.
std::string results_of(const fs::path& out) {
  return base::read_file(out / "results.json") + base::read_file(out / "arms.ridge.ridge=100/results.json") +
         base::read_file(out / "arms.ridge.ridge=1/seed-2/results.json");
}

}  // namespace

TEST_CASE("a grid is the same bytes in one process at a time and in several, and comparing it tabulates its settings") {
  const Workplace work;
  const std::string toml = work.write("e.toml", kGrid);
  const auto one = run_noema({"run", toml, "--out", work.file("one"), "--threads", "1", "--quiet"});
  INFO(one.err);
  REQUIRE(one.status == 0);
  CHECK(one.err.empty());
  CHECK_THAT(one.out, Catch::StartsWith("setting ") && Catch::Contains("arms.ridge.ridge=100 ") &&
                          Catch::Contains(" ± ") && Catch::Contains("arms.ridge.ridge=1: "));
  REQUIRE(run_noema({"run", toml, "--out", work.file("four"), "--threads", "4", "--quiet"}).status == 0);
  CHECK(results_of(work.path / "one") == results_of(work.path / "four"));
  const auto compared = run_noema({"compare", work.file("one"), work.file("four")});
  CHECK(compared.status == 0);
  CHECK_THAT(compared.out, Catch::Contains("setting") && Catch::Contains("arms.ridge.ridge=100") &&
                               Catch::Contains(" ± ") && Catch::Contains("["));
  const auto rows = run_noema({"run", toml, "--out", work.file("one"), "--resume", "--quiet", "--json"}).json();
  REQUIRE(rows.size() == 5);
  CHECK(rows[3]["chosen"]["arms.ridge.ridge"] == 100);
  CHECK(rows[3]["interval"]["accuracy"]["low"].is_number());
  check_complaint(run_noema({"run", toml, "--out", work.file("one"), "--quiet"}), 1, "--resume");
  check_complaint(run_noema({"run", toml, "--out", work.file("one"), "--only", "seed-9"}), 1, "no run 'seed-9'");
  const auto seven = run_noema({"run", toml, "--out", work.file("seven"), "--seed", "7", "--quiet"});
  CHECK(seven.status == 0);
  CHECK(fs::exists(work.path / "seven/arms.ridge.ridge=1/results.json"));
  CHECK_FALSE(fs::exists(work.path / "seven/arms.ridge.ridge=1/seed-1"));
}

TEST_CASE("a grid that was killed or interrupted at any moment goes on with --resume, to the same bytes") {
  const Workplace work;
  const std::string toml = work.write("e.toml", kLongGrid);
  REQUIRE(run_noema({"run", toml, "--out", work.file("whole"), "--quiet"}).status == 0);
  for (const int milliseconds : {100, 300, 600}) {
    const std::string out = work.file("killed");
    noema_killed({"run", toml, "--out", out, "--quiet"}, milliseconds);
    std::this_thread::sleep_for(std::chrono::milliseconds(100));  // its processes are asked to end
    noema_interrupted({"run", toml, "--out", out, "--quiet", "--resume"}, milliseconds, SIGTERM);
    const auto resumed = run_noema({"run", toml, "--out", out, "--quiet", "--resume"});
    INFO(resumed.err);
    REQUIRE(resumed.status == 0);
    CHECK(results_of(work.path / "whole") == results_of(out));
    fs::remove_all(out);
  }
}

TEST_CASE("a run that fails costs nothing but itself, and is named") {
  const Workplace work;
  const std::string toml = work.write("e.toml", kGrid);
  // the folder of one run holds what is no run's
  REQUIRE(run_noema({"run", toml, "--out", work.file("out"), "--quiet"}).status == 0);
  fs::remove_all(work.path / "out/arms.ridge.ridge=1/seed-2");
  fs::create_directories(work.path / "out/arms.ridge.ridge=1/seed-2");
  work.write("out/arms.ridge.ridge=1/seed-2/mine.txt", "");
  fs::remove_all(work.path / "out/arms.ridge.ridge=100/seed-1");
  const auto failed = run_noema({"run", toml, "--out", work.file("out"), "--resume", "--quiet"});
  CHECK(failed.status == 1);
  CHECK_THAT(failed.err, Catch::Contains("1 of 4 runs did not finish: arms.ridge.ridge=1/seed-2") &&
                             Catch::Contains("holds files but no run") && Catch::Contains("--resume repeats it"));
  CHECK(fs::exists(work.path / "out/arms.ridge.ridge=100/seed-1/report.html"));
}

TEST_CASE("mpirun spreads the runs of a grid over ranks, and one of them writes and prints what they found") {
  const Workplace work;
  const std::string toml = work.write("e.toml", kGrid), with_mpi = mpirun();
  if (with_mpi.empty()) {
    WARN("skipped: mpirun (the package openmpi-bin) is not installed");
    return;
  }
  REQUIRE(run_noema({"run", toml, "--out", work.file("alone"), "--quiet"}).status == 0);
  const std::string run = std::string(NOEMA_PROGRAM) + " run " + toml + " --quiet --out ";
  REQUIRE(shell(with_mpi + run + work.file("ranks") + " > " + work.file("printed")) == 0);
  CHECK(results_of(work.path / "alone") == results_of(work.path / "ranks"));
  const std::string printed = base::read_file(work.path / "printed");
  CHECK(printed.find("report: ") != std::string::npos);
  CHECK(printed.find("report: ") == printed.rfind("report: "));
  // one run is nothing to share
  const std::string single = work.write("one.toml", "arms = [\"class_means\"]\n[stream]\nkind = \"inventions\"\n");
  CHECK(shell(with_mpi + NOEMA_PROGRAM + " run " + single + " --quiet --out " + work.file("one") + " > /dev/null") ==
        0);
  CHECK(fs::exists(work.path / "one/report.html"));
}

TEST_CASE("a rank that dies costs at most its own runs, which --resume repeats, to the same bytes") {
  const Workplace work;
  const std::string toml = work.write("e.toml", kLongGrid);
  if (mpirun().empty()) {
    WARN("skipped: mpirun (the package openmpi-bin) is not installed");
    return;
  }
  REQUIRE(run_noema({"run", toml, "--out", work.file("whole"), "--quiet"}).status == 0);
  const std::string run = std::string(NOEMA_PROGRAM) + " run " + toml + " --quiet --out ";
  // rank 1 is killed at some moment, with all that it started
  const auto dying = [&](const std::string& out) {
    return "sh -c 'if [ $OMPI_COMM_WORLD_RANK = 1 ]; then " + run + out +
           " & sleep 0.4; kill -9 $!; kill -9 $$; else exec " + run + out + " > /dev/null; fi'";
  };
  CHECK(shell(mpirun("--enable-recovery") + dying(work.file("goes_on"))) == 0);  // the others do what it left
  CHECK(results_of(work.path / "whole") == results_of(work.path / "goes_on"));
  shell(mpirun() + dying(work.file("ends")));  // mpirun ends the others too
  const auto resumed = run_noema({"run", toml, "--out", work.file("ends"), "--quiet", "--resume"});
  INFO(resumed.err);
  REQUIRE(resumed.status == 0);
  CHECK(results_of(work.path / "whole") == results_of(work.path / "ends"));
}
