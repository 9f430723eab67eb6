#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <csignal>

#include "app/lives.h"
#include "tests/app/small_life.h"

using namespace noema::tests;

namespace {

std::string call_of(int id, const std::string& tool, const nlohmann::json& arguments) {
  return nlohmann::json{{"jsonrpc", "2.0"},
                        {"id", id},
                        {"method", "tools/call"},
                        {"params", {{"name", tool}, {"arguments", arguments}}}}
             .dump() +
         "\n";
}

constexpr const char* kPing = "{\"jsonrpc\":\"2.0\",\"id\":99,\"method\":\"ping\"}\n";
constexpr const char* kRemembered =
    "{\"type\":\"entity\",\"name\":\"Ann\",\"entityType\":\"person\",\"observations\":[\"likes tea\"]}\n";

}  // namespace

TEST_CASE("mcp answers each message on a line of its own, and what was remembered is kept") {
  const Workplace work;
  const std::string life = work.life();
  const auto talk = [&](const std::string& messages) {
    const auto outcome = run_noema_reading(work.write("in", messages), {"mcp", life});
    INFO(outcome.err);
    CHECK(outcome.status == 0);
    CHECK(outcome.err.empty());
    return outcome.json();
  };
  const auto first = talk(call_of(1, "remember", {{"text", "Ann lives in Oslo"}}) +
                          "\n{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}\n" + kPing);
  REQUIRE(first.size() == 2);  // a notification has no answer
  CHECK(first[0]["id"] == 1);
  CHECK(first[0]["result"]["structuredContent"]["told"][0]["episode"] == 1);
  CHECK(first[1]["result"] == nlohmann::json::object());
  const auto second = talk(call_of(2, "recall", {{"cue", "Oslo"}}));
  CHECK(second.at(0)["result"]["structuredContent"]["hits"][0]["text"] == "Ann lives in Oslo");
  CHECK(talk("").empty());
}

TEST_CASE("messages that are no text, no JSON or nested without end are answered, and the next is heard") {
  const Workplace work;
  const std::string deep = std::string(1'000'000, '[') + std::string(1'000'000, ']');
  const std::string in =
      work.write("in", "{\"method\n\xff\n" + std::string("a\0b\n", 4) + deep + "\n" +
                           R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"remember","arguments":)" +
                           R"({"inputs":)" + deep + "}}}\n" + kPing);
  const auto outcome = run_noema_reading(in, {"mcp", work.life(), "--no-think"});
  INFO(outcome.err);
  CHECK(outcome.status == 0);
  const auto answers = outcome.json();
  REQUIRE(answers.size() == 6);
  for (std::size_t i = 0; i < 5; ++i) CHECK(answers[i]["error"]["code"] == -32700);
  CHECK_THAT(answers[1]["error"]["message"].get<std::string>(), Catch::Contains("standard input:2: byte 0"));
  CHECK(answers[5]["id"] == 99);
}

TEST_CASE("mcp ends at a signal while it waits, and keeps what it was told") {
  const Workplace work;
  const std::string life = work.life(), fifo = work.file("in");
  REQUIRE(::mkfifo(fifo.c_str(), 0600) == 0);
  const int held = ::open(fifo.c_str(), O_RDWR | O_CLOEXEC);  // so that it does not end for the program
  RunningNoema running({"mcp", life}, {.in = fifo});
  const std::string message = call_of(1, "remember", {{"text", "Ann lives in Oslo"}});
  REQUIRE(::write(held, message.data(), message.size()) == static_cast<ssize_t>(message.size()));
  CHECK_THAT(running.first_line(), Catch::Contains("\"episode\":1"));
  const auto ended = running.end(SIGINT);
  ::close(held);
  CHECK(ended.outcome.status == 130);
  CHECK(ended.seconds < 4);
  CHECK(noema::app::open_to_read(life).counts().episodes == 1);
  CHECK(run_noema({"check", life}).status == 0);
}

TEST_CASE("mcp takes in what the memory server kept, says how much of it is new, and ends") {
  const Workplace work;
  const std::string life = work.life(), kept = work.write("memory.json", kRemembered);
  CHECK(run_noema({"mcp", life, "--import", kept}).out == "New: 1 entity and 0 relations.\n");
  CHECK(run_noema({"mcp", life, "--import", kept, "--json"}).out == "{\"entities\":0,\"relations\":0}\n");
  check_complaint(run_noema({"mcp", life, "--import", work.write("b.json", "[]\n")}), 1, "b.json:1: expected {");
  check_complaint(run_noema({"mcp", life, "--import", work.file("none")}), 1, "none: no such file");
}

TEST_CASE("mcp opens a life that is there, and that nobody else writes to") {
  SmallLife busy({"one input"});
  check_complaint(run_noema({"mcp", busy.path}), 1, "open for writing");
  check_complaint(run_noema({"mcp"}), 2, "life is required");
  check_complaint(run_noema({"mcp", busy.work.file("none.life")}), 1, "none.life: there is no such life");
  check_complaint(run_noema({"mcp", busy.work.write("text", "text\n")}), 1, "no life");
}
