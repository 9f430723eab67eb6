#include "app/results.h"

#include <catch2/catch.hpp>
#include <csignal>
#include <thread>

#include "base/error.h"
#include "tests/app/program.h"

using namespace noema;
using namespace noema::tests;

TEST_CASE("what people read holds no JSON and no null, whatever the command") {
  const Workplace work;
  const std::string life = work.life(), text = work.write("world.txt", world_text(300));
  const std::string queries = work.write("q.jsonl", "{\"id\": 7, \"text\": \"king\"}\n{\"text\": \"zyzzyva\"}\n");
  const std::vector<std::vector<std::string>> commands{
      {"feed", life, text, "--think", "1"},
      {"think", life, "--thoughts", "20"},
      {"ask", life, "where does the king live?"},
      {"ask", life, "zyzzyva?"},
      {"ask", life, "--questions", queries},
      {"recall", life, "king"},
      {"recall", life, "zyzzyva"},
      {"recall", life, "--queries", queries},
      {"show", life, "king"},
      {"why", life, "king"},
      {"why", life, "thought:1"},
      {"show", life, "thought:1"},
      {"similar", life, "king"},
      {"status", life},
      {"check", life},
      {"replay", life},
      {"backup", life, work.file("copy.life")},
      {"new", work.file("b.life"), "--model", "tiny"},
      {"score", life, work.write("b.txt", world_text(5, 2)), "--arms", "static,noema"},
      {"thoughts"},
      {"arms"},
      {"streams"}};
  for (const auto& command : commands) {
    const auto outcome = run_noema(command);
    INFO(command.front() << "\n" << outcome.out << outcome.err);
    CHECK(outcome.status == 0);
    CHECK(outcome.out.size() > 1);
    for (const char* json : {"{\"", "\":", "null", "[]", "[\"", "{}", " nan", "0000000"})
      CHECK(outcome.out.find(json) == std::string::npos);
  }
  CHECK_THAT(run_noema({"ask", life, "where does the king live?"}).out,
             Catch::Contains("\n    ") && Catch::Contains("told on ") && Catch::Contains("in " + text));
}

TEST_CASE("a look-up of something unknown fails and names the nearest; --json gives null too") {
  const Workplace work;
  const std::string life = work.life();
  REQUIRE(run_noema({"feed", life, work.write("a.txt", "the king lives in the castle\n"), "--think", "off"}).status ==
          0);
  const std::vector<std::pair<std::vector<std::string>, std::string>> look_ups{
      {{"show", life, "concept:999999999"}, "concept:999999999"},
      {{"show", life, "kign"}, "did you mean king?"},
      {{"similar", life, "castel"}, "did you mean castle?"},
      {{"why", life, "kings"}, "did you mean king?"},
      {{"why", life, "thought:99"}, "thought:99"},
      {{"show", life, "thought:99"}, "thought:99"},
      {{"undo", life, "thought:99"}, "thought:99"},
      {{"export", life, "--around", "castel"}, "did you mean castle?"},
      {{"recall", life, "king", "--group", "nowhere"}, "no input has the group 'nowhere'"}};
  for (auto [command, says] : look_ups) {
    const auto outcome = run_noema(command);
    INFO(command.front() << ": " << outcome.err);
    CHECK(outcome.status == 1);
    CHECK(outcome.out.empty());
    CHECK_THAT(outcome.err, Catch::Contains(says));
    CHECK(std::count(outcome.err.begin(), outcome.err.end(), '\n') == 1);
    if (command.front() != "show" && command.front() != "why" && command.front() != "similar") continue;
    command.push_back("--json");
    const auto json = run_noema(command);
    CHECK(json.status == 1);
    CHECK(json.json().at(0)["name"] == command[2]);
  }
}

TEST_CASE("a life that another process writes is asked, and the question is said not to be stored") {
  const Workplace work;
  const std::string life = work.life(), text = work.write("w.txt", world_text(4000));
  REQUIRE(run_noema({"feed", life, work.write("a.txt", world_text(50)), "--think", "off"}).status == 0);
  std::thread writer([&] { noema_killed({"feed", life, text, "--quiet"}, 3000); });
  std::this_thread::sleep_for(std::chrono::milliseconds(800));
  const auto asked = run_noema({"ask", life, "where does the king live?", "--json"});
  writer.join();
  INFO(asked.err);
  CHECK(asked.status == 0);
  CHECK(asked.json().at(0).contains("answer"));
  CHECK_THAT(asked.err, Catch::Contains("not stored"));
}

TEST_CASE("no result replaces a life or a model") {
  const Workplace work;
  const std::string life = work.life();
  CHECK_THROWS_WITH(app::require_result_file(life), Catch::Contains("no result replaces"));
  CHECK_THROWS_WITH(app::require_result_file(work.write("m", "noema file\nx")), Catch::Contains("is a model"));
  CHECK_NOTHROW(app::require_result_file(work.write("t", "text")));
  CHECK(run_noema({"export", life, "--out", life}).status == 1);
  CHECK(run_noema({"check", life}).status == 0);
}

TEST_CASE("commands have names that people look for, and earlier names still work") {
  for (const char* name : {"audit", "realised", "forgetting", "leave"}) CHECK(run_noema({name, "--help"}).status == 0);
  const std::string help = run_noema({"--help"}).out;
  CHECK_THAT(help, Catch::Contains("audit") && Catch::Contains("forgetting"));
  CHECK_THAT(help, !Catch::Contains("realised") && !Catch::Contains("  leave"));
}
