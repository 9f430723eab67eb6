#include <catch2/catch.hpp>
#include <filesystem>

#include "tests/app/program.h"

using namespace noema::tests;

TEST_CASE("what is wrong with a training's inputs is said before it begins") {
  const Workplace work;
  const std::string text = work.write("t.txt", world_text(50)), out = work.file("m");
  const auto train = [&](std::vector<std::string> more) {
    std::vector<std::string> all = {"train", "--text", text, "--preset", "tiny", "--steps", "100000000"};
    all.insert(all.end(), more.begin(), more.end());
    return all;
  };
  check_complaint(run_noema(train({"--out", out, "--valid", work.write("empty", "")})), 1, "empty: the text is empty");
  check_complaint(run_noema(train({"--out", out, "--valid", work.file("none")})), 1, "none: no such file");
  check_complaint(run_noema(train({"--out", out, "--valid", work.write("latin", "ok\ncaf\xe9\n")})), 1, "latin:2");
  check_complaint(run_noema(train({"--out", work.path.string(), "--force"})), 1, "is a folder");
  check_complaint(run_noema(train({"--out", work.file("none/m")})), 1, "no such folder");
  check_complaint(run_noema(train({"--out", text, "--force"})), 2, "is also an input");
  CHECK_FALSE(std::filesystem::exists(out));
}

TEST_CASE("a training that diverges exits 1 with one line and writes no model") {
  const Workplace work;
  const std::string text = work.write("t.txt", world_text(50)), out = work.file("m");
  const auto outcome = run_noema({"train", "--text", text, "--out", out, "--preset", "tiny", "--steps", "3000",
                                  "--learning-rate", "50", "--weight-decay", "1000", "--quiet", "--json"});
  INFO(outcome.err);
  CHECK(outcome.status == 1);
  CHECK(outcome.out.empty());
  CHECK_THAT(outcome.err, Catch::Contains("diverged at step") && Catch::Contains("lower --learning-rate 50"));
  CHECK(std::count(outcome.err.begin(), outcome.err.end(), '\n') == 1);
  CHECK_FALSE(std::filesystem::exists(out));
}

TEST_CASE("a training says what it made in a table for people: no JSON, no keys with underscores") {
  const Workplace work;
  const auto trained = run_noema({"train", "--text", work.write("t.txt", world_text(50)), "--valid",
                                  work.write("v.txt", world_text(5, 2)), "--out", work.file("m"), "--preset", "tiny",
                                  "--steps", "2", "--quiet"});
  REQUIRE(trained.status == 0);
  CHECK_THAT(trained.out, Catch::Contains("bits per character") && Catch::Contains("2 steps in") &&
                              Catch::Contains("v.txt") && !Catch::Contains("{") && !Catch::Contains("_per_"));
}
