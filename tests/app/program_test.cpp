#include "app/program.h"

#include <catch2/catch.hpp>
#include <csignal>

#include "tests/app/program.h"

using namespace noema::tests;

namespace {

void check_wrong_usage(const Outcome& outcome, const std::string& says) {
  INFO(outcome.err);
  CHECK(outcome.status == 2);
  CHECK(outcome.out.empty());
  CHECK_THAT(outcome.err, Catch::Contains(says));
  CHECK(std::count(outcome.err.begin(), outcome.err.end(), '\n') == 1);
}

}  // namespace

TEST_CASE("an unknown command or option names the nearest, and asking it for help is wrong usage too") {
  check_wrong_usage(run_noema({"statsu", "a.life"}), "did you mean status?");
  check_wrong_usage(run_noema({"anything", "--help"}), "there is no command 'anything'");
  check_wrong_usage(run_noema({"anything", "--version"}), "there is no command 'anything'");
  check_wrong_usage(run_noema({"think", "a.life", "--untilquiet"}), "did you mean --until-quiet?");
  check_wrong_usage(run_noema({"status", "a.life", "--jsno"}), "did you mean --json?");
  check_wrong_usage(run_noema({"--jsno"}), "noema --help");
  CHECK(run_noema({"status", "--help"}).status == 0);
  CHECK(run_noema({"--help"}).status == 0);
}

TEST_CASE("every command that is interrupted ends with status 130, and soon") {
  const Workplace work;
  const std::string life = work.life(), text = work.write("w.txt", world_text(20000));
  const std::string model = work.file("m");
  for (const int signal : {SIGINT, SIGTERM}) {
    CHECK(noema_interrupted({"feed", life, text, "--quiet"}, 700, signal).outcome.status == 130);
    CHECK(noema_interrupted({"think", life, "--for", "60", "--quiet"}, 700, signal).outcome.status == 130);
    CHECK(noema_interrupted({"train", "--text", text, "--out", model, "--preset", "tiny", "--minutes", "5", "--force"},
                            1000, signal)
              .outcome.status == 130);
  }
  CHECK(run_noema({"check", life}).status == 0);
}
