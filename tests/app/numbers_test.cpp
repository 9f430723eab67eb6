#include <catch2/catch.hpp>

#include "tests/app/program.h"

using namespace noema::tests;

TEST_CASE("a number out of its range is refused by the name of its option, before any work") {
  const Workplace work;
  const std::string text = work.write("t", "some text\n");
  const auto refused = [&](const std::string& option, const std::string& value) {
    const auto outcome = run_noema({"train", "--text", text, "--out", work.file("m"), option, value});
    INFO(option << " " << value << ": " << outcome.err);
    CHECK(outcome.status == 2);
    CHECK_THAT(outcome.err, Catch::Contains(option + ": expected") && Catch::Contains("found " + value));
    CHECK_FALSE(std::filesystem::exists(work.file("m")));
  };
  for (const char* value : {"1000", "1e30", "inf", "nan", "0", "-1"}) refused("--learning-rate", value);
  for (const char* value : {"inf", "nan", "-1", "1e30"}) refused("--weight-decay", value);
  for (const char* value : {"1", "-0.1", "nan", "inf"}) refused("--dropout", value);
  for (const char* value : {"0", "nan", "inf", "-1"}) refused("--minutes", value);
  for (const char* value : {"0", "-1", "1e30", "1.5"}) refused("--steps", value);
  for (const char* value : {"0", "nan", "inf"}) refused("--epochs", value);
  for (const char* value : {"0", "-4", "1000000"}) refused("--width", value);
  for (const char* value : {"nan", "1.01"}) refused("--masked-share", value);
}

TEST_CASE("a seed is a whole number of 64 bits in every command") {
  const Workplace work;
  const std::string text = work.write("t", "some text\n");
  for (const std::string command : {"train", "evaluate", "generate", "attention", "translate", "vectors", "new", "feed",
                                    "think", "ask", "recall", "score", "run"})
    for (const char* seed : {"-1", "18446744073709551616", "1.5", "1e3", "seven"}) {
      const auto outcome = run_noema({command, "--seed", seed});
      INFO(command << " " << seed << ": " << outcome.err);
      CHECK(outcome.status == 2);
      CHECK_THAT(outcome.err, Catch::Contains("--seed: expected a whole number from 0 to 18446744073709551615"));
    }
  CHECK(run_noema({"new", work.file("a.life"), "--model", "tiny", "--seed", "18446744073709551615"}).status == 0);
}
