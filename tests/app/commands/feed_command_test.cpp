#include <catch2/catch.hpp>

#include "tests/app/program.h"

using namespace noema::tests;

TEST_CASE("feed says in sentences what was read and what the life has now") {
  const Workplace work;
  const std::string life = work.life(), text = work.write("t.txt", world_text(20));
  const auto shown = run_noema({"feed", life, text, "--think", "off"});
  CHECK(shown.status == 0);
  CHECK_THAT(shown.out, Catch::Contains("20 inputs read in") && Catch::Contains("The life now has") &&
                            !Catch::Contains("_seconds"));
  CHECK(run_noema({"feed", life, text, "--think", "some"}).status == 2);
}
