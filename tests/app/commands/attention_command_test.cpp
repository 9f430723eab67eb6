#include <catch2/catch.hpp>

#include "base/files.h"
#include "tests/app/program.h"
#include "tests/app/small_model.h"

using namespace noema::tests;

TEST_CASE("attention prints a table and draws a heat map; a layer that is not there is wrong usage") {
  const Workplace work;
  const std::string model = work.file("m"), svg = work.file("m.svg");
  model_of().save(model);
  const auto shown = run_noema({"attention", model, "ab", "--svg", svg});
  CHECK(shown.status == 0);
  CHECK_THAT(shown.out, Catch::Contains("<s>") && !Catch::Contains("{"));
  CHECK_THAT(noema::base::read_file(svg), Catch::Contains("<svg"));
  CHECK(run_noema({"attention", model, "ab", "--layer", "7"}).status == 2);
  CHECK(run_noema({"attention", model, "ab", "--svg", model}).status == 1);
}
