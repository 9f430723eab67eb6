#include "app/program.h"

#include <fcntl.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <functional>
#include <new>
#include <stdexcept>

#include "base/error.h"
#include "base/failure_context.h"
#include "base/files.h"

#include "tests/app/program.h"

using namespace noema::tests;

namespace {

/// How a command ends whose work throws: in this process, with standard error in a file.
Outcome outcome_of_command(const std::function<void()>& work) {
  const Workplace place;
  CLI::App app{"", "noema"};
  app.add_subcommand("fail", "fails")->callback(work);
  std::fflush(stderr);
  const int standard_error = ::dup(STDERR_FILENO);
  const int file = ::open(place.file("err").c_str(), O_WRONLY | O_CREAT, 0666);
  ::dup2(file, STDERR_FILENO);
  const char* arguments[] = {"noema", "fail"};
  Outcome outcome;
  outcome.status = noema::app::run_command(app, 2, arguments);
  std::fflush(stderr);
  ::dup2(standard_error, STDERR_FILENO);
  ::close(file);
  ::close(standard_error);
  outcome.err = noema::base::read_file(place.file("err"));
  noema::base::forget_failure();
  return outcome;
}

}  // namespace

TEST_CASE("an exception that nobody expected ends as one line that calls it a bug and says what to report") {
  const auto check_bug = [](const std::function<void()>& work, const std::string& says) {
    const Outcome outcome = outcome_of_command(work);
    INFO(outcome.err);
    CHECK(outcome.status == 1);
    CHECK_THAT(outcome.err, Catch::StartsWith("noema: this is a bug in noema") && Catch::Contains("the command fail") &&
                                Catch::Contains("please report this line") && Catch::Contains(says));
    CHECK_THAT(outcome.err, !Catch::Contains("vector::"));
    CHECK(std::count(outcome.err.begin(), outcome.err.end(), '\n') == 1);
  };
  check_bug([] { throw std::out_of_range("vector::_M_range_check"); }, "bug in noema");
  check_bug(
      [] {
        const noema::base::FailureContext context("counting sheep");
        throw std::logic_error("vector::at");
      },
      "while counting sheep");
  check_bug([] { noema::base::check(false, "sheep are white"); }, "(sheep are white)");
  check_bug([] { throw 7; }, "bug in noema");
  check_bug(
      [] {
        std::ifstream in("/no/such/file");
        in.exceptions(std::ios::failbit);
      },
      "bug in noema");
}

TEST_CASE("what the system refused, and too little memory, are no bugs") {
  const Outcome refused = outcome_of_command([] { static_cast<void>(std::filesystem::file_size("/no/such/file")); });
  CHECK(refused.status == 1);
  CHECK_THAT(refused.err, Catch::Contains("/no/such/file: No such file or directory") && !Catch::Contains("bug"));
  const Outcome memory = outcome_of_command([] { throw std::bad_alloc(); });
  CHECK(memory.status == 1);
  CHECK_THAT(memory.err, Catch::Contains("not enough memory") && !Catch::Contains("bug"));
}

TEST_CASE("an unknown command or option names the nearest, and asking it for help is wrong usage too") {
  check_complaint(run_noema({"statsu", "a.life"}), 2, "did you mean status?");
  check_complaint(run_noema({"anything", "--help"}), 2, "there is no command 'anything'");
  check_complaint(run_noema({"anything", "--version"}), 2, "there is no command 'anything'");
  check_complaint(run_noema({"think", "a.life", "--untilquiet"}), 2, "did you mean --until-quiet?");
  check_complaint(run_noema({"status", "a.life", "--jsno"}), 2, "did you mean --json?");
  check_complaint(run_noema({"--jsno"}), 2, "noema --help");
  CHECK(run_noema({"status", "--help"}).status == 0);
  CHECK(run_noema({"--help"}).status == 0);
}

TEST_CASE("every command that is interrupted ends with status 130, and soon") {
  const Workplace work;
  const std::string life = work.life(), text = work.write("w.txt", world_text(20000));
  const std::string model = work.file("m");
  const std::string told = work.write("told.txt", world_text(400, 2));  // enough to think about until the signal
  REQUIRE(run_noema({"feed", life, told, "--think", "off", "--quiet"}).status == 0);
  for (const int signal : {SIGINT, SIGTERM}) {
    CHECK(noema_interrupted({"feed", life, text, "--quiet"}, 700, signal).outcome.status == 130);
    CHECK(noema_interrupted({"think", life, "--for", "60", "--quiet"}, 700, signal).outcome.status == 130);
    CHECK(noema_interrupted({"train", "--text", text, "--out", model, "--preset", "tiny", "--minutes", "5", "--force"},
                            1000, signal)
              .outcome.status == 130);
  }
  CHECK(run_noema({"check", life}).status == 0);
}
