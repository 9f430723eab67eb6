// Ctrl-C and SIGTERM, sent to the commands on models.

#include <signal.h>

#include <catch2/catch.hpp>
#include <filesystem>

#include "tests/app/program.h"

using namespace noema::tests;
namespace fs = std::filesystem;

TEST_CASE("a signal ends every model command within two seconds, with 130, and training keeps its checkpoint") {
  const Workplace work;
  const std::string text = work.write("t.txt", world_text(3000)), out = work.file("m"), pairs = work.file("p.model");
  std::string lines;
  for (int i = 0; i < 20000; ++i) lines += "number " + std::to_string(i) + "\tnumber " + std::to_string(i + 1) + "\n";
  const std::string tsv = work.write("p.tsv", lines);
  REQUIRE(run_noema({"train", "--pairs", tsv, "--out", pairs, "--preset", "tiny", "--steps", "1", "--quiet"}).status ==
          0);
  REQUIRE(run_noema({"train", "--text", text, "--out", out, "--preset", "tiny", "--steps", "1", "--quiet"}).status ==
          0);
  const std::string slow = work.file("slow");
  const std::string long_text = work.write("long.txt", world_text(60000));
  const std::vector<std::vector<std::string>> commands = {
      {"train", "--text", text, "--out", slow, "--preset", "tiny", "--minutes", "5", "--quiet"},
      {"evaluate", out, long_text, long_text, long_text, long_text},
      {"generate", out, "the", "--tokens", "1000000"},
      {"translate", pairs, tsv, "--beam", "64"},
  };
  for (const auto& command : commands)
    for (const int signal : {SIGINT, SIGTERM}) {
      fs::remove(slow + ".train");
      const auto ended = noema_interrupted(command, 1500, signal);
      INFO(command[0] << " " << signal << ": " << ended.outcome.err);
      CHECK(ended.outcome.status == 130);
      CHECK(ended.outcome.out.empty());
      CHECK(ended.seconds < 4);  // 2 s on a machine that does nothing else
      if (command[0] == "train") CHECK(fs::exists(slow + ".train"));
    }
}
