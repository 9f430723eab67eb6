#include <catch2/catch.hpp>

#include "tests/app/program.h"

using namespace noema::tests;

TEST_CASE("text without spaces has no word perplexity") {
  const Workplace work;
  const std::string text = work.write("zh.txt", "道可道非常道\n名可名非常名\n"), out = work.file("m");
  REQUIRE(run_noema({"train", "--text", text, "--out", out, "--preset", "tiny", "--steps", "1", "--quiet"}).status ==
          0);
  const auto result = run_noema({"evaluate", out, text, "--json"}).json().at(0);
  CHECK(result["word_perplexity"].is_null());
  CHECK(result["bits_per_char"] > 0);
  const auto shown = run_noema({"evaluate", out, text});
  CHECK_THAT(shown.out, Catch::Contains("bits per character") && Catch::Contains("no spaces between words"));
}
