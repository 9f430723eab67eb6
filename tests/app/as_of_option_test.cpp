// --as-of, of every command that has it: the life as it was answers as the life that then was.

#include "app/as_of_option.h"

#include <signal.h>

#include <catch2/catch.hpp>
#include <filesystem>

#include "base/files.h"
#include "tests/app/program.h"

using namespace noema::tests;
namespace fs = std::filesystem;

namespace {

/// A life that was fed and thought in steps, and copies of it as it was after each.
struct Steps {
  Workplace work;
  std::string life = work.life();
  std::vector<std::string> then;    ///< copies
  std::vector<std::string> inputs;  ///< the last input of each

  Steps() {
    for (int step = 0; step < 3; ++step) {
      const std::string text = work.write(std::to_string(step) + ".txt", world_text(40, 1 + step));
      REQUIRE(run_noema({"feed", life, text, "--think", "20", "--no-predict", "--no-encode"}).status == 0);
      then.push_back(work.file("then" + std::to_string(step) + ".life"));
      REQUIRE(run_noema({"backup", life, then.back()}).status == 0);
      inputs.push_back(std::to_string(run_noema({"status", life, "--json"}).json().at(0)["episodes"].get<int>()));
    }
  }
};

}  // namespace

TEST_CASE("show, query, export and recall as of an input print what they printed when it was the last one") {
  const Steps steps;
  const std::vector<std::vector<std::string>> commands{
      {"show", "", "animal"},
      {"show", "", "animal", "--json"},
      {"show", "", "thought:1"},
      {"export", ""},
      {"export", "", "--format", "dot", "--around", "animal"},
      {"recall", "", "animal", "--json"},
      {"query", "", "SELECT id, kind, label, count FROM concept"},
      {"query", "", "SELECT * FROM relation ORDER BY 1, 2, 3, 4, 5, 6", "--json"},
      {"query", "", "SELECT * FROM fact ORDER BY 1, 2, 3, 4", "--json"},
      {"query", "", "SELECT id, kind, undone, about, gain_bits FROM thought", "--csv"},
      {"query", "", "MATCH (a:Composite) RETURN a.label ORDER BY a.label"},
      {"query", "", "SELECT episodes, thoughts, concepts, log_position, checkpoint_position FROM life"}};
  for (std::size_t i = 0; i < steps.then.size(); ++i)
    for (std::vector<std::string> command : commands) {
      command[1] = steps.then[i];
      const auto expected = run_noema(command);
      command[1] = steps.life;
      command.insert(command.end(), {"--as-of", steps.inputs[i]});
      const auto found = run_noema(command);
      INFO(command[0] << " " << (command.size() > 2 ? command[2] : "") << " as of " << steps.inputs[i] << ": "
                      << found.err);
      CHECK(found.out == expected.out);
      CHECK(found.err == expected.err);
      CHECK(found.status == expected.status);
    }
}

TEST_CASE(
    "before its first input a life is empty, in the future it is what it is now, and what is no moment is refused") {
  const Workplace work;
  const std::string life = work.life();
  REQUIRE(run_noema({"feed", life, work.write("a.txt", world_text(40)), "--think", "off", "--no-predict"}).status == 0);
  CHECK(run_noema({"export", life, "--as-of", "1990-01-01"}).out.empty());
  CHECK(run_noema({"query", life, "SELECT count(*) AS n FROM episode", "--as-of", "1990-01-01", "--json"})
            .json()
            .at(0)["n"] == 0);
  check_complaint(run_noema({"show", life, "animal", "--as-of", "1990-01-01"}), 1, "no concept is called 'animal'");
  CHECK(run_noema({"export", life, "--as-of", "2999-01-01"}).out == run_noema({"export", life}).out);
  check_complaint(run_noema({"export", life, "--as-of", "yesterday"}), 1, "yesterday");
}

TEST_CASE("a signal ends the replay within two seconds and leaves no temporary folder") {
  const Workplace work;
  const std::string life = work.life();
  REQUIRE(
      run_noema({"feed", life, work.write("a.txt", world_text(20000)), "--think", "off", "--no-predict", "--no-encode"})
          .status == 0);
  const std::string temporary = work.file("tmp");
  fs::create_directory(temporary);
  ::setenv("TMPDIR", temporary.c_str(), 1);
  const auto ended = noema_interrupted({"query", life, "SELECT 1", "--as-of", "19990"}, 300, SIGINT);
  ::unsetenv("TMPDIR");
  INFO(ended.outcome.err);
  CHECK(ended.outcome.status == 130);
  CHECK(ended.outcome.out.empty());
  CHECK(ended.seconds < 4);  // 2 s on a machine that does nothing else
  CHECK(fs::is_empty(temporary));
}
