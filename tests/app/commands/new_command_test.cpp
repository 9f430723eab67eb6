#include <catch2/catch.hpp>

#include "tests/app/program.h"

using namespace noema::tests;

TEST_CASE("new says what it made and with which weights, and takes no budget below nothing") {
  const Workplace work;
  const auto made = run_noema({"new", work.file("a.life"), "--model", "tiny"});
  CHECK(made.status == 0);
  CHECK_THAT(made.out, Catch::Contains("a.life is made (") && Catch::Contains("random weights"));
  for (const char* number : {"-1", "1e300", "nan", "1.5"})
    CHECK(run_noema({"new", work.file("b.life"), "--model", "tiny", "--max-bytes", number}).status == 2);
  CHECK(run_noema({"new", work.file("b.life"), "--model", "tiny", "--max-concepts", "many"}).status == 2);
}
