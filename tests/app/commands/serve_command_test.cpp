#include "app/server/run_watch.h"

#include <httplib.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <csignal>
#include <thread>

#include "app/lives.h"
#include "tests/app/program.h"

using namespace noema::tests;
using nlohmann::json;

namespace {

/// noema serve on a port that is free, until it goes.
struct ServingNoema {
  RunningNoema noema;
  std::string url;
  httplib::Client client;

  explicit ServingNoema(const std::string& life, const std::vector<std::string>& more = {})
      : noema(arguments(life, more)), url(json::parse(noema.first_line()).at("url")), client(url) {
    client.set_read_timeout(60);
  }
  static std::vector<std::string> arguments(const std::string& life, const std::vector<std::string>& more) {
    std::vector<std::string> all{"serve", life, "--port", "0", "--json"};
    all.insert(all.end(), more.begin(), more.end());
    return all;
  }
  int status(const std::string& path) {
    const auto result = client.Get(path);
    return result ? result->status : -1;
  }
};

}  // namespace

TEST_CASE("serve says where it listens, answers there, and at a signal ends and keeps what it was told") {
  const Workplace work;
  const std::string life = work.life();
  for (const int signal : {SIGINT, SIGTERM}) {
    ServingNoema serving(life);
    CHECK_THAT(serving.url, Catch::StartsWith("http://127.0.0.1:"));
    CHECK(serving.status("/v1/status") == 200);
    const std::string told = json{{"text", "told before signal " + std::to_string(signal)}}.dump();
    CHECK(serving.client.Post("/v1/tell", told, "application/json")->status == 200);
    const auto ended = serving.noema.end(signal);
    CHECK(ended.outcome.status == 130);
    CHECK(ended.outcome.err.empty());
    CHECK(ended.seconds < 4);
  }
  CHECK(noema::app::open_to_read(life).counts().episodes == 2);
  CHECK(run_noema({"check", life}).status == 0);
}

TEST_CASE("serve tells people in a sentence where the life is, and of a folder under which names") {
  const Workplace work;
  const std::string life = work.life();
  RunningNoema one({"serve", life, "--port", "0", "--no-think"});
  CHECK_THAT(one.first_line(), Catch::StartsWith(life + " is served at http://127.0.0.1:") &&
                                   Catch::EndsWith("/v1/status; Ctrl-C ends it."));
  CHECK(one.end(SIGINT).outcome.status == 130);
  RunningNoema folder({"serve", work.path.string(), "--port", "0", "--no-think"});
  CHECK_THAT(folder.first_line(), Catch::EndsWith("/NAME/v1/status; Ctrl-C ends it."));
}

TEST_CASE("of a folder no more lives are open at a time than is said") {
  const Workplace work;
  work.life("a.life");
  work.life("b.life");
  ServingNoema serving(work.path.string(), {"--most-lives", "1", "--no-think"});
  for (int times = 0; times < 2; ++times)
    for (const char* name : {"a", "b"}) CHECK(serving.status("/" + std::string(name) + ".life/v1/status") == 200);
  CHECK(serving.status("/c.life/v1/status") == 404);
}

TEST_CASE("with a token file the token is asked for") {
  const Workplace work;
  const std::string token = work.write("token", "0123456789abcdef\n");
  ServingNoema serving(work.life(), {"--token-file", token, "--no-think"});
  CHECK(serving.status("/v1/status") == 401);
  serving.client.set_bearer_token_auth("0123456789abcdef");
  CHECK(serving.status("/v1/status") == 200);
}

TEST_CASE("serve refuses before it listens what would let others in, or is not there") {
  const Workplace work;
  const std::string life = work.life();
  check_complaint(run_noema({"serve"}), 2, "life is required");
  check_complaint(run_noema({"serve", life, "--host", "0.0.0.0"}), 2, "give --token-file FILE");
  for (const char* port : {"-1", "65536", "1.5", "http"})
    check_complaint(run_noema({"serve", life, "--port", port}), 2, "--port: expected a whole number from 0 to 65535");
  check_complaint(run_noema({"serve", life, "--most-lives", "0"}), 2, "--most-lives: expected");
  check_complaint(run_noema({"serve", life, "--token-file", work.write("short", "secret\n")}), 1, "at least 16");
  check_complaint(run_noema({"serve", life, "--token-file", work.file("none")}), 1, "none: no such file");
  check_complaint(run_noema({"serve", work.file("none.life")}), 1, "none.life: there is no such life");
  check_complaint(run_noema({"serve", work.write("text", "text\n")}), 1, "no life");
  ServingNoema serving(life, {"--no-think"});
  const std::string port = serving.url.substr(serving.url.rfind(':') + 1);
  check_complaint(run_noema({"serve", work.life("b.life"), "--port", port}), 1, "another program has the port");
  check_complaint(run_noema({"serve", life, "--port", "0"}), 1, "open for writing");
}

TEST_CASE("the description of the interface is printed without a life") {
  const auto printed = run_noema({"serve", "--openapi"});
  CHECK(printed.status == 0);
  CHECK(json::parse(printed.out)["openapi"] == "3.1.0");
}

TEST_CASE("run --watch shows a run while it goes on, ends with it, and Ctrl-C ends both") {
  const Workplace work;
  const std::string toml = work.write("e.toml", "arms = [\"names\", \"memory\"]\n[stream]\nkind = \"inventions\"\n");
  const auto ran = run_noema({"run", toml, "--out", work.file("out"), "--watch"});
  INFO(ran.err);
  REQUIRE(ran.status == 0);
  CHECK_THAT(ran.err, Catch::Contains("http://127.0.0.1:") && Catch::Contains("shows the run while it goes on"));

  const std::string slow =
      work.write("slow.toml", "arms = [\"memory\"]\n[stream]\nkind = \"inventions\"\nclasses = 200\nitems = 400\n");
  std::string url;
  { url = noema::app::RunWatch(work.path / "none", 0).url(); }
  const std::string port = url.substr(url.rfind(':') + 1, url.size() - url.rfind(':') - 2);
  RunningNoema running({"run", slow, "--out", work.file("slow"), "--watch", port});
  httplib::Client client("http://127.0.0.1:" + port);
  json runs = json::array();
  for (int i = 0; i < 600 && runs.empty(); ++i) {
    if (const auto answer = client.Get("/v1/runs"); answer) runs = json::parse(answer->body)["runs"];
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  REQUIRE(runs.size() == 1);
  CHECK(runs[0]["run"] == "slow");
  CHECK(client.Get("/")->status == 200);
  CHECK(json::parse(client.Get("/v1/lives")->body)["runs_alone"] == true);
  check_complaint(run_noema({"run", toml, "--out", work.file("more"), "--watch", port}), 1, "cannot be listened on");
  const auto ended = running.end(SIGINT);
  CHECK(ended.outcome.status == 130);
  CHECK_FALSE(client.Get("/v1/runs"));
}
