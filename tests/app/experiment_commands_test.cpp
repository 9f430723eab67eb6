// score, run, compare, arms, streams as a user meets them: spellings of arms, mistakes found at once, Ctrl-C.

#include <catch2/catch.hpp>
#include <csignal>

#include "tests/app/program.h"

using namespace noema::tests;

TEST_CASE("score takes arms with options in braces, and the short spelling means the same") {
  const Workplace work;
  const auto life = work.life(), text = work.write("t.txt", world_text(30));
  const auto scored =
      run_noema({"score", life, text, "--arms",
                 "memory-matches-cache_sharp,memory{without=matches,cache_sharp},cache{theta=8;lambda=0.2;window=100}",
                 "--json"});
  INFO(scored.err);
  REQUIRE(scored.status == 0);
  const auto rows = scored.json();
  REQUIRE(rows.size() == 3);
  CHECK(rows[1]["arm"] == "memory{without=matches,cache_sharp}");
  CHECK(rows[0]["bits"] == rows[1]["bits"]);
  CHECK(rows[2]["bits"] != rows[1]["bits"]);
}

TEST_CASE("what is wrong with a score is said at once, in one line") {
  const Workplace work;
  const auto life = work.life(), text = work.write("t.txt", world_text(30)), empty = work.write("e.txt", "");
  check_complaint(run_noema({"score", life, text, "--arms", "noema{gold=1}"}), 2, "'gold' is no option of noema");
  check_complaint(run_noema({"score", life, text, "--arms", "cache{lambda=7}"}), 2, "lambda");
  check_complaint(run_noema({"score", life, empty}), 1, "no line");
  check_complaint(run_noema({"score", life, work.file("none.txt")}), 1, "none.txt");
  check_complaint(run_noema({"score", life, text, "--arms", "cache", "--tune", work.file("none.txt")}), 1, "none.txt");
  check_complaint(run_noema({"score", life, text, "--max-words", "-1"}), 2, "max-words");
}

TEST_CASE("word perplexity is not printed for text without white space") {
  const Workplace work;
  std::string text;
  for (int i = 0; i < 20; ++i) text += "老王走在小道上。\n";
  const auto scored = run_noema({"score", work.life(), work.write("t.txt", text), "--arms", "static", "--json"});
  INFO(scored.err);
  REQUIRE(scored.json().size() == 1);
  CHECK(scored.json()[0]["word_perplexity"].is_null());
  CHECK(scored.json()[0]["bits_per_char"].is_number());
}

TEST_CASE("an experiment takes arms as score does, and keeps their files under harmless names") {
  const Workplace work;
  const auto toml =
      work.write("e.toml",
                 "arms = [\"static\", \"memory{without=matches,cache_soft}\"]\n[model]\npreset = \"tiny\"\n"
                 "tokenizer = \"characters\"\nsteps = 2\ntrain_lines = 20\n[stream]\nlines = 30\npeople = 10\n"
                 "places = 4\n[protocol]\nblock = 10\n");
  const auto ran = run_noema({"run", toml, "--out", work.file("out"), "--json", "--quiet"});
  INFO(ran.err);
  REQUIRE(ran.status == 0);
  CHECK(ran.json().at(1)["arm"] == "memory{without=matches,cache_soft}");
  CHECK(std::filesystem::exists(work.path / "out" / "memory_without_matches_cache_soft_.life"));
  CHECK(run_noema({"run", toml, "--out", work.file("out"), "--force", "--quiet"}).status == 0);
}

TEST_CASE("Ctrl-C and SIGTERM end scoring, its tuning and a run within two seconds, with status 130") {
  const Workplace work;
  const auto life = work.life(), text = work.write("t.txt", world_text(20000));
  const auto toml = work.write("e.toml",
                               "arms = [\"noema\"]\n[model]\npreset = \"tiny\"\nsteps = 2\ntrain_lines = 20\n[stream]\n"
                               "lines = 20000\n[protocol]\nblock = 20000\n");
  const std::vector<std::vector<std::string>> commands{
      {"score", life, text, "--arms", "static,noema"},
      {"score", life, text, "--arms", "dynamic", "--tune", text, "--tune-words", "0"},
      {"score", life, text, "--arms", "cache", "--tune", text, "--tune-words", "0"},
      {"run", toml, "--out", work.file("out"), "--quiet"},
  };
  for (const int signal : {SIGINT, SIGTERM})
    for (const auto& command : commands) {
      INFO(command[0] << " " << command[4] << " " << signal);
      const auto ended = noema_interrupted(command, 1500, signal);
      CHECK(ended.outcome.status == 130);
      CHECK(ended.seconds < 4);  // two seconds, and as many for a busy machine
      std::filesystem::remove_all(work.path / "out");
    }
}
