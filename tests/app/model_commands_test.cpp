#include <signal.h>

#include <catch2/catch.hpp>
#include <filesystem>

#include "tests/app/program.h"

using namespace noema::tests;
namespace fs = std::filesystem;

namespace {

void check_refused(const std::vector<std::string>& arguments, int status, const std::string& says) {
  const auto outcome = run_noema(arguments);
  INFO(outcome.err);
  CHECK(outcome.status == status);
  CHECK(outcome.out.empty());
  CHECK_THAT(outcome.err, Catch::Contains(says) && !Catch::Contains("training "));
}

}  // namespace

TEST_CASE("what is wrong with a training's inputs is said before it begins") {
  const Workplace work;
  const std::string text = work.write("t.txt", world_text(50)), out = work.file("m");
  const auto train = [&](std::vector<std::string> more) {
    std::vector<std::string> all = {"train", "--text", text, "--preset", "tiny", "--steps", "100000000"};
    all.insert(all.end(), more.begin(), more.end());
    return all;
  };
  check_refused(train({"--out", out, "--valid", work.write("empty", "")}), 1, "empty: the text is empty");
  check_refused(train({"--out", out, "--valid", work.file("none")}), 1, "none: no such file");
  check_refused(train({"--out", out, "--valid", work.write("latin", "ok\ncaf\xe9\n")}), 1, "latin:2");
  check_refused(train({"--out", work.path.string(), "--force"}), 1, "is a folder");
  check_refused(train({"--out", work.file("none/m")}), 1, "no such folder");
  check_refused(train({"--out", text, "--force"}), 2, "is read too");
  CHECK_FALSE(fs::exists(out));
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
  CHECK_FALSE(fs::exists(out));
}

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

TEST_CASE("text without spaces has no word perplexity") {
  const Workplace work;
  const std::string text = work.write("zh.txt", "道可道非常道\n名可名非常名\n"), out = work.file("m");
  REQUIRE(run_noema({"train", "--text", text, "--out", out, "--preset", "tiny", "--steps", "1", "--quiet"}).status ==
          0);
  const auto result = run_noema({"evaluate", out, text, "--json"}).json().at(0);
  CHECK(result["word_perplexity"].is_null());
  CHECK(result["bits_per_char"] > 0);
}
