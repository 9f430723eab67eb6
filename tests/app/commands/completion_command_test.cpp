#include <catch2/catch.hpp>
#include <cstdlib>

#include "tests/app/program.h"

using noema::tests::run_noema;
using noema::tests::Workplace;

namespace {

bool is_installed(const std::string& program) {
  return std::system(("command -v " + program + " >/dev/null 2>&1").c_str()) == 0;
}

}  // namespace

TEST_CASE("the shells read the scripts of the program without complaint", "[help]") {
  const Workplace place;
  for (const std::string shell : {"bash", "zsh", "fish"}) {
    INFO(shell);
    const auto printed = run_noema({"completion", shell});
    REQUIRE(printed.status == 0);
    CHECK(printed.out.find("forgetting") != std::string::npos);
    if (!is_installed(shell)) continue;
    CHECK(std::system((shell + " -n " + place.write("script." + shell, printed.out)).c_str()) == 0);
  }
  CHECK(run_noema({"completion", "tcsh"}).status == 2);
}

TEST_CASE("man's own formatter reads the program's page without a warning", "[help]") {
  const auto printed = run_noema({"man"});
  REQUIRE(printed.status == 0);
  CHECK_THAT(printed.out, Catch::Contains("noema forgetting"));
  if (!is_installed("groff")) return;
  const Workplace place;
  const std::string page = place.write("noema.1", printed.out), said = place.file("said");
  CHECK(std::system(("groff -man -Tutf8 -ww " + page + " > /dev/null 2> " + said).c_str()) == 0);
  CHECK(std::filesystem::file_size(said) == 0);
}
