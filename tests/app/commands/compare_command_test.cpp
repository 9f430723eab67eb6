#include <catch2/catch.hpp>
#include <filesystem>

#include "base/files.h"
#include "tests/app/program.h"

using namespace noema::tests;

namespace {

/// The folder of a run whose one arm reached so many bits, as `noema run` would leave it.
std::string run_folder(const Workplace& work, const std::string& name, double bits) {
  std::filesystem::create_directories(work.path / name);
  work.write(name + "/manifest.json", R"({"name":")" + name + R"(","seed":1,"data_hash":"abc"})");
  work.write(name + "/results.json",
             R"({"arms":[{"arm":"noema","bits_per_char":)" + std::to_string(bits) + R"(,"seconds":2}]})");
  return work.file(name);
}

}  // namespace

TEST_CASE("compare shows runs beside each other by arm, as one object and as a page too") {
  const Workplace work;
  const std::string first = run_folder(work, "first", 2.5), second = run_folder(work, "second", 2.25);
  const auto shown = run_noema({"compare", first, second, "--html", work.file("both.html")});
  CHECK(shown.status == 0);
  CHECK_THAT(shown.out, Catch::Contains("noema") && Catch::Contains("2.5") && Catch::Contains("2.25") &&
                            !Catch::Contains("{") && !Catch::Contains("_per_"));
  CHECK_THAT(noema::base::read_file(work.path / "both.html"), Catch::Contains("<html") && Catch::Contains("second"));
  const auto rows = run_noema({"compare", first, second, "--json"}).json();
  REQUIRE(rows.size() == 1);
  CHECK(rows[0]["runs"].size() == 2);
  CHECK(rows[0]["same_data"] == true);
  CHECK(rows[0]["arms"][1]["difference_bits_per_char"].get<double>() == Approx(-0.25));
  CHECK(run_noema({"compare", first}).status == 0);
}

TEST_CASE("compare writes no page over a life or a model, nor where there is no folder") {
  const Workplace work;
  const std::string run = run_folder(work, "run", 2.5), life = work.life();
  const std::string before = noema::base::read_file(life);
  check_complaint(run_noema({"compare", run, "--html", life}), 1, "a.life");
  CHECK(noema::base::read_file(life) == before);
  check_complaint(run_noema({"compare", run, "--html", work.file("none/c.html")}), 1, "none");
  check_complaint(run_noema({"compare", run, "--html", work.path.string()}), 1, "is a folder");
}

TEST_CASE("compare names the folder that holds no finished run, and what finishes it") {
  const Workplace work;
  const std::string run = run_folder(work, "run", 2.5);
  check_complaint(run_noema({"compare"}), 2, "runs is required");
  check_complaint(run_noema({"compare", run, work.file("none")}), 1, "none is no folder");
  check_complaint(run_noema({"compare", run, work.path.string()}), 1, "--resume");
  work.write("run/results.json", R"({"arms":[{"arm":"noema","bits_per_char":"many"}]})");
  check_complaint(run_noema({"compare", run, "--html", work.file("c.html")}), 1, "results.json");
  CHECK_FALSE(std::filesystem::exists(work.file("c.html")));
}
